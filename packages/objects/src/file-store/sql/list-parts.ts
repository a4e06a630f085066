import type { DatabaseSync } from 'node:sqlite';
import type { PartInfo } from '../../types.ts';
import { toPartInfo } from './rows.ts';

export interface StoredPart {
  part: PartInfo;
  content: number;
}

/** Parts of the upload, by number. */
export function prepareListParts(db: DatabaseSync): (uploadId: string) => StoredPart[] {
  const statement = db.prepare('SELECT * FROM parts WHERE upload = ? ORDER BY number');
  return (uploadId) =>
    statement.all(uploadId).map((row) => ({ part: toPartInfo(row), content: Number(row['content']) }));
}

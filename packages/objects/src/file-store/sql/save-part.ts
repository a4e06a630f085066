import type { DatabaseSync } from 'node:sqlite';
import type { PartInfo } from '../../types.ts';

/** Adds the part or takes the place of the one with its number. The caller releases the old content. */
export function prepareSavePart(
  db: DatabaseSync,
): (uploadId: string, part: PartInfo, content: number) => void {
  const statement = db.prepare('INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?, ?)');
  return (uploadId, part, content) => {
    statement.run(uploadId, part.partNumber, content, part.size, part.etag, part.crc64, part.lastModified);
  };
}

import type { Database } from './database.ts';
import { toAccessKey } from './read-row.ts';
import type { AccessKeyRow } from './rows.ts';

/** The key with this id, disabled ones too; undefined when there is none. */
export function findAccessKey(db: Database, id: string): AccessKeyRow | undefined {
  const row = db.statement('SELECT * FROM access_key WHERE id = ?').get(id);
  return row && toAccessKey(row);
}

import type { Database } from './database.ts';
import { toAccessKey } from './read-row.ts';
import type { AccessKeyRow } from './rows.ts';

/** All keys, the oldest first. */
export function listAccessKeys(db: Database): AccessKeyRow[] {
  return db.statement('SELECT * FROM access_key ORDER BY created_at, id').all().map(toAccessKey);
}

import type { DatabaseSync } from 'node:sqlite';
import { keyToBytes } from './rows.ts';

/** The caller releases the content. */
export function prepareDeleteVersion(
  db: DatabaseSync,
): (bucket: string, key: string, sequence: number) => void {
  const statement = db.prepare('DELETE FROM versions WHERE bucket = ? AND key = ? AND sequence = ?');
  return (bucket, key, sequence) => {
    statement.run(bucket, keyToBytes(key), sequence);
  };
}

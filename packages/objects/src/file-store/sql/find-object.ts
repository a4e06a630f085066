import type { DatabaseSync } from 'node:sqlite';
import { keyToBytes, type StoredObject, toStoredObject } from './rows.ts';

export function prepareFindObject(
  db: DatabaseSync,
): (bucket: string, key: string) => StoredObject | undefined {
  const statement = db.prepare('SELECT * FROM objects WHERE bucket = ? AND key = ?');
  return (bucket, key) => {
    const row = statement.get(bucket, keyToBytes(key));
    return row === undefined ? undefined : toStoredObject(bucket, row);
  };
}

import type { DatabaseSync } from 'node:sqlite';
import { keyToBytes } from './rows.ts';

export function prepareDeleteObject(db: DatabaseSync): (bucket: string, key: string) => void {
  const statement = db.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?');
  return (bucket, key) => {
    statement.run(bucket, keyToBytes(key));
  };
}

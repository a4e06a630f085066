import type { DatabaseSync } from 'node:sqlite';
import { keyToBytes, type StoredVersion, toStoredVersion } from './rows.ts';

/** The newest of the versions that a key has besides what it stands for. Of a key without an object, its delete marker. */
export function prepareFindNewestVersion(
  db: DatabaseSync,
): (bucket: string, key: string) => StoredVersion | undefined {
  const statement = db.prepare(
    'SELECT * FROM versions WHERE bucket = ? AND key = ? ORDER BY sequence DESC LIMIT 1',
  );
  return (bucket, key) => {
    const row = statement.get(bucket, keyToBytes(key));
    return row === undefined ? undefined : toStoredVersion(bucket, row);
  };
}

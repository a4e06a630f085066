import type { DatabaseSync } from 'node:sqlite';
import { keyToBytes, type StoredVersion, toStoredVersion } from './rows.ts';

/** The version of that id, unless it is what the key stands for. */
export function prepareFindVersion(
  db: DatabaseSync,
): (bucket: string, key: string, versionId: string) => StoredVersion | undefined {
  const statement = db.prepare('SELECT * FROM versions WHERE bucket = ? AND key = ? AND versionId = ?');
  return (bucket, key, versionId) => {
    const row = statement.get(bucket, keyToBytes(key), versionId);
    return row === undefined ? undefined : toStoredVersion(bucket, row);
  };
}

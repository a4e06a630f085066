import type { DatabaseSync } from 'node:sqlite';
import type { UploadInfo } from '../../types.ts';
import { keyToBytes, toUploadInfo } from './rows.ts';

/** Open uploads of keys that begin with `prefix`, by key, then by id. */
export function prepareListUploads(db: DatabaseSync): (bucket: string, prefix: string) => UploadInfo[] {
  const statement = db.prepare(
    'SELECT * FROM uploads WHERE bucket = ?1 AND substr(key, 1, length(?2)) = ?2 ORDER BY key, id',
  );
  return (bucket, prefix) =>
    statement.all(bucket, keyToBytes(prefix)).map((row) => toUploadInfo(bucket, row));
}

import type { DatabaseSync } from 'node:sqlite';
import type { PutOptions, UploadInfo } from '../../types.ts';
import { keyToBytes, parseUploadOptions, toUploadInfo } from './rows.ts';

export interface StoredUpload {
  upload: UploadInfo;
  options: PutOptions;
}

export function prepareFindUpload(
  db: DatabaseSync,
): (bucket: string, key: string, id: string) => StoredUpload | undefined {
  const statement = db.prepare('SELECT * FROM uploads WHERE id = ? AND bucket = ? AND key = ?');
  return (bucket, key, id) => {
    const row = statement.get(id, bucket, keyToBytes(key));
    return row === undefined
      ? undefined
      : { upload: toUploadInfo(bucket, row), options: parseUploadOptions(String(row['options'])) };
  };
}

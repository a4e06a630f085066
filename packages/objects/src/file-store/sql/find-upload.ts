import type { DatabaseSync } from 'node:sqlite';
import type { PutOptions, UploadInfo } from '../../types.ts';
import { keyToBytes, parseStrings, toUploadInfo } from './rows.ts';

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
      : { upload: toUploadInfo(bucket, row), options: parseOptions(String(row['options'])) };
  };
}

function parseOptions(json: string): PutOptions {
  const kept: {
    contentType?: string;
    createOnly?: boolean;
    userMetadata: string;
    headers: string;
    /** Absent in uploads that were begun by a version without. */
    attributes?: string;
  } = JSON.parse(json);
  return {
    ...(kept.contentType !== undefined && { contentType: kept.contentType }),
    ...(kept.createOnly !== undefined && { createOnly: kept.createOnly }),
    userMetadata: parseStrings(kept.userMetadata),
    headers: parseStrings(kept.headers),
    attributes: parseStrings(kept.attributes ?? '{}'),
  };
}

import type { DatabaseSync } from 'node:sqlite';
import type { PutOptions, UploadInfo } from '../../types.ts';
import { formatStrings, keyToBytes } from './rows.ts';

export function prepareInsertUpload(db: DatabaseSync): (upload: UploadInfo, options: PutOptions) => void {
  const statement = db.prepare('INSERT INTO uploads VALUES (?, ?, ?, ?, ?)');
  return (upload, options) => {
    const kept = {
      contentType: options.contentType,
      createOnly: options.createOnly,
      userMetadata: formatStrings(options.userMetadata),
      headers: formatStrings(options.headers),
      attributes: formatStrings(options.attributes),
    };
    statement.run(
      upload.uploadId,
      upload.bucket,
      keyToBytes(upload.key),
      upload.initiated,
      JSON.stringify(kept),
    );
  };
}

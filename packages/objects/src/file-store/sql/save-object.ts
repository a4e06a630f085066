import type { DatabaseSync } from 'node:sqlite';
import { formatStrings, keyToBytes, type StoredObject } from './rows.ts';

/** Adds the object or takes the place of the one with its key. The caller releases the old content. */
export function prepareSaveObject(db: DatabaseSync): (object: StoredObject) => void {
  const statement = db.prepare(
    'INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return ({ info, content, sequence }) => {
    statement.run(
      info.bucket,
      keyToBytes(info.key),
      content,
      info.size,
      info.etag,
      info.crc64,
      info.lastModified,
      info.type,
      info.contentType,
      formatStrings(info.userMetadata),
      formatStrings(info.headers),
      formatStrings(info.attributes),
      sequence,
      info.versionId,
    );
  };
}

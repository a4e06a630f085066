import type { DatabaseSync } from 'node:sqlite';
import { formatStrings, keyToBytes, type StoredVersion } from './rows.ts';

/** Keeps a version that is not what its key stands for, or a delete marker; in the place of the one it is already. */
export function prepareSaveVersion(
  db: DatabaseSync,
): (bucket: string, key: string, version: StoredVersion) => void {
  const statement = db.prepare(
    'INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return (bucket, key, { versionId, sequence, lastModified, superseded, object }) => {
    const info = object?.info;
    statement.run(
      bucket,
      keyToBytes(key),
      sequence,
      versionId,
      superseded ?? null,
      lastModified,
      object?.content ?? null,
      info?.size ?? null,
      info?.etag ?? null,
      info?.crc64 ?? null,
      info?.type ?? null,
      info?.contentType ?? null,
      info === undefined ? null : formatStrings(info.userMetadata),
      info === undefined ? null : formatStrings(info.headers),
      info === undefined ? null : formatStrings(info.attributes),
    );
  };
}

import type { DatabaseSync } from 'node:sqlite';

/** Keeps a document with a bucket in the place of the one of that name; without a document, there is none any more. */
export function prepareSaveBucketConfig(
  db: DatabaseSync,
): (bucket: string, name: string, document: string | undefined) => void {
  const save = db.prepare('INSERT OR REPLACE INTO bucketConfigs VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM bucketConfigs WHERE bucket = ? AND name = ?');
  return (bucket, name, document) => {
    if (document === undefined) {
      remove.run(bucket, name);
    } else {
      save.run(bucket, name, document);
    }
  };
}

import type { DatabaseSync } from 'node:sqlite';

export function prepareFindBucketConfig(
  db: DatabaseSync,
): (bucket: string, name: string) => string | undefined {
  const statement = db.prepare('SELECT document FROM bucketConfigs WHERE bucket = ? AND name = ?');
  return (bucket, name) => {
    const row = statement.get(bucket, name);
    return row === undefined ? undefined : String(row['document']);
  };
}

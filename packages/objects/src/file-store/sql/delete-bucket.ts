import type { DatabaseSync } from 'node:sqlite';

export function prepareDeleteBucket(db: DatabaseSync): (name: string) => void {
  const statement = db.prepare('DELETE FROM buckets WHERE name = ?');
  const configs = db.prepare('DELETE FROM bucketConfigs WHERE bucket = ?');
  return (name) => {
    configs.run(name);
    statement.run(name);
  };
}

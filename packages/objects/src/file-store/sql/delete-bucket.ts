import type { DatabaseSync } from 'node:sqlite';

export function prepareDeleteBucket(db: DatabaseSync): (name: string) => void {
  const statement = db.prepare('DELETE FROM buckets WHERE name = ?');
  return (name) => {
    statement.run(name);
  };
}

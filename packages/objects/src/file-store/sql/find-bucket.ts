import type { DatabaseSync } from 'node:sqlite';
import type { BucketInfo } from '../../types.ts';
import { toBucketInfo } from './rows.ts';

export function prepareFindBucket(db: DatabaseSync): (name: string) => BucketInfo | undefined {
  const statement = db.prepare('SELECT * FROM buckets WHERE name = ?');
  return (name) => {
    const row = statement.get(name);
    return row === undefined ? undefined : toBucketInfo(row);
  };
}

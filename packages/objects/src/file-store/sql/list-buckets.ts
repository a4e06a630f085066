import type { DatabaseSync } from 'node:sqlite';
import type { BucketInfo } from '../../types.ts';
import { toBucketInfo } from './rows.ts';

/** Buckets of `owner`, or of everyone, by name. */
export function prepareListBuckets(db: DatabaseSync): (owner: string | undefined) => BucketInfo[] {
  const statement = db.prepare('SELECT * FROM buckets WHERE ?1 IS NULL OR owner = ?1 ORDER BY name');
  return (owner) => statement.all(owner ?? null).map(toBucketInfo);
}

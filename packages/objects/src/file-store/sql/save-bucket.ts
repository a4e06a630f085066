import type { DatabaseSync } from 'node:sqlite';
import type { BucketInfo } from '../../types.ts';

/** Adds a bucket, or gives the one of that name a new ACL. */
export function prepareSaveBucket(db: DatabaseSync): (bucket: BucketInfo) => void {
  const statement = db.prepare(
    'INSERT INTO buckets VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET acl = excluded.acl',
  );
  return ({ name, owner, created, acl }) => {
    statement.run(name, owner, created, acl);
  };
}

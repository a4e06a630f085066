import type { DatabaseSync } from 'node:sqlite';
import type { BucketInfo } from '../../types.ts';
import { formatStrings } from './rows.ts';

/** Adds a bucket, or gives the one of that name what may change: all but owner and date. */
export function prepareSaveBucket(db: DatabaseSync): (bucket: BucketInfo) => void {
  const statement = db.prepare(
    `INSERT INTO buckets VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE
       SET acl = excluded.acl, versioning = excluded.versioning, attributes = excluded.attributes`,
  );
  return ({ name, owner, created, acl, versioning, attributes }) => {
    statement.run(name, owner, created, acl, versioning ?? null, formatStrings(attributes));
  };
}

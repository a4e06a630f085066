import type { DatabaseSync } from 'node:sqlite';
import type { BucketStat } from '../../types.ts';

/** Counts what is in a bucket; reads every object row of it. */
export function prepareBucketStat(db: DatabaseSync): (name: string) => BucketStat {
  const statement = db.prepare(
    `SELECT count(*) AS objects, coalesce(sum(size), 0) AS bytes,
            (SELECT count(*) FROM uploads WHERE bucket = ?1) AS uploads
       FROM objects WHERE bucket = ?1`,
  );
  return (name) => {
    const row = statement.get(name);
    return {
      objects: Number(row?.['objects']),
      bytes: Number(row?.['bytes']),
      uploads: Number(row?.['uploads']),
    };
  };
}

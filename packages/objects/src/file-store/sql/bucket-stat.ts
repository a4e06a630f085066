import type { DatabaseSync } from 'node:sqlite';
import type { BucketStat } from '../../types.ts';

/** Counts what is in a bucket, older versions with it; reads every row of it. */
export function prepareBucketStat(db: DatabaseSync): (name: string) => BucketStat {
  const current = db.prepare(
    `SELECT count(*) AS objects, coalesce(sum(size), 0) AS bytes,
            (SELECT count(*) FROM uploads WHERE bucket = ?1) AS uploads
       FROM objects WHERE bucket = ?1`,
  );
  const older = db.prepare(
    `SELECT count(content) AS objects, coalesce(sum(size), 0) AS bytes, count(*) - count(content) AS markers
       FROM versions WHERE bucket = ?1`,
  );
  return (name) => {
    const now = current.get(name);
    const past = older.get(name);
    return {
      objects: Number(now?.['objects']) + Number(past?.['objects']),
      bytes: Number(now?.['bytes']) + Number(past?.['bytes']),
      deleteMarkers: Number(past?.['markers']),
      uploads: Number(now?.['uploads']),
    };
  };
}

import type { DatabaseSync } from 'node:sqlite';
import type { AttributeStat } from '../../types.ts';

/** Attributes are a list of pairs; most objects have none and cost no look into it. */
const valued = (table: string): string => `
  SELECT (SELECT value ->> 1 FROM json_each(attributes) WHERE value ->> 0 = ?2) AS value, size
    FROM ${table} WHERE bucket = ?1 AND attributes <> '{}'`;

/** Counts the objects of a bucket, older versions with them, by their value of an attribute; of those that have it. */
export function prepareAttributeStat(db: DatabaseSync): (bucket: string, name: string) => AttributeStat {
  const statement = db.prepare(
    `SELECT value, count(*) AS objects, sum(size) AS bytes
       FROM (${valued('objects')} UNION ALL ${valued('versions')}) WHERE value IS NOT NULL GROUP BY value`,
  );
  return (bucket, name) =>
    new Map(
      statement
        .all(bucket, name)
        .map((row) => [
          String(row['value']),
          { objects: Number(row['objects']), bytes: Number(row['bytes']) },
        ]),
    );
}

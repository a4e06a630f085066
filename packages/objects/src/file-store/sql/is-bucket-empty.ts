import type { DatabaseSync } from 'node:sqlite';

/** Whether no object, no version, no delete marker and no open upload is in the bucket. */
export function prepareIsBucketEmpty(db: DatabaseSync): (name: string) => boolean {
  const statement = db.prepare(
    `SELECT EXISTS (SELECT 1 FROM objects WHERE bucket = ?1) OR EXISTS (SELECT 1 FROM versions WHERE bucket = ?1)
         OR EXISTS (SELECT 1 FROM uploads WHERE bucket = ?1) AS used`,
  );
  return (name) => statement.get(name)?.['used'] === 0;
}

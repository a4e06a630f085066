import type { Database } from './database.ts';

/** Another number after another process has written to the store's file; our own writes do not change it. */
export function dataVersion(db: Database): number {
  return Number(db.statement('PRAGMA data_version').get()?.['data_version']);
}

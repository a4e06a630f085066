import type { Database } from './database.ts';
import { toInstance } from './read-row.ts';
import type { InstanceRow } from './rows.ts';

/** All rows of a task's instances, by number. */
export function listAllInstances(db: Database, taskRow: number): InstanceRow[] {
  return db
    .statement('SELECT * FROM instance WHERE task_row = ? ORDER BY number')
    .all(taskRow)
    .map(toInstance);
}

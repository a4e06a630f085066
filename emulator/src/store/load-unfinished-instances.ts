import type { Database } from './database.ts';
import { toInstance } from './read-row.ts';
import type { InstanceRow } from './rows.ts';

/** The rows of a task's instances that are not Finished: what the scheduler still has to know about. */
export function loadUnfinishedInstances(db: Database, taskRow: number): InstanceRow[] {
  return db
    .statement(
      `SELECT * FROM instance
       WHERE task_row = ? AND phase IN ('Waiting', 'Dispatched', 'Running', 'Failed', 'Stopped') ORDER BY number`,
    )
    .all(taskRow)
    .map(toInstance);
}

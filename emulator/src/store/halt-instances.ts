import type { Database } from './database.ts';

/** Stopped: every instance of the task that has a row and is not final. `at`: milliseconds since the epoch. */
export function haltInstances(db: Database, taskRow: number, at: number): void {
  db.statement(
    `UPDATE instance SET phase = 'Stopped', ended_at = CASE WHEN started_at IS NULL THEN NULL ELSE ? END
     WHERE task_row = ? AND phase IN ('Waiting', 'Dispatched', 'Running')`,
  ).run(at, taskRow);
}

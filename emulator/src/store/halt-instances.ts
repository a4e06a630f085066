import type { Database } from './database.ts';

/**
 * Stopped: every instance of the task that has a row and is not final. `at`: milliseconds since the epoch; an end is not
 * before its start, though the clock may have been set back.
 */
export function haltInstances(db: Database, taskRow: number, at: number): void {
  db.statement(
    `UPDATE instance SET phase = 'Stopped', ended_at = CASE WHEN started_at IS NULL THEN NULL ELSE max(started_at, ?) END
     WHERE task_row = ? AND phase IN ('Waiting', 'Dispatched', 'Running')`,
  ).run(at, taskRow);
}

import type { Database } from './database.ts';

/** Waiting again, with retries counted from zero: every instance of the task that has a row and is not Finished. */
export function requeueInstances(db: Database, taskRow: number): void {
  db.statement(
    `UPDATE instance SET phase = 'Waiting', failures = 0, retries = 0, progress = 0, started_at = NULL,
       ended_at = NULL, node_ip = '', exit_code = 0, error_code = '', error_message = '', detail = ''
     WHERE task_row = ? AND phase IN ('Waiting', 'Dispatched', 'Running', 'Failed', 'Stopped')`,
  ).run(taskRow);
}

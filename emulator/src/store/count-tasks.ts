import type { Database } from './database.ts';
import { type SqlRow, toCounts } from './read-row.ts';
import type { Counts } from './rows.ts';

/** A job's tasks by state, and the instances of all of them by state. */
export function countTasks(db: Database, jobSeq: number): { tasks: Counts; instances: Counts } {
  const row: SqlRow =
    db
      .statement(
        `SELECT total(state = 'Waiting') AS tasks_waiting, total(state = 'Running') AS tasks_running,
           total(state = 'Finished') AS tasks_finished, total(state = 'Failed') AS tasks_failed,
           total(state = 'Stopped') AS tasks_stopped, total(waiting) AS waiting, total(running) AS running,
           total(finished) AS finished, total(failed) AS failed, total(stopped) AS stopped
         FROM task WHERE job_seq = ?`,
      )
      .get(jobSeq) ?? {};
  return {
    tasks: {
      waiting: Number(row['tasks_waiting']),
      running: Number(row['tasks_running']),
      finished: Number(row['tasks_finished']),
      failed: Number(row['tasks_failed']),
      stopped: Number(row['tasks_stopped']),
    },
    instances: toCounts(row),
  };
}

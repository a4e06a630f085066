import type { Database } from './database.ts';
import { toTask } from './read-row.ts';
import type { TaskRow } from './rows.ts';

/** A job's tasks in the order of its description. */
export function loadTasks(db: Database, jobSeq: number): TaskRow[] {
  return db.statement('SELECT * FROM task WHERE job_seq = ? ORDER BY row_id').all(jobSeq).map(toTask);
}

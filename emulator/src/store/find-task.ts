import type { Database } from './database.ts';
import { toTask } from './read-row.ts';
import type { TaskRow } from './rows.ts';

export function findTask(db: Database, jobSeq: number, name: string): TaskRow | undefined {
  const row = db.statement('SELECT * FROM task WHERE job_seq = ? AND name = ?').get(jobSeq, name);
  return row && toTask(row);
}

import type { Database } from './database.ts';

/** Removes a job with its tasks and instances. */
export function deleteJob(db: Database, seq: number): void {
  db.statement('DELETE FROM job WHERE seq = ?').run(seq);
}

import type { Database } from './database.ts';

/**
 * Removes a job with its tasks. Its instances are out of sight at once, too, but their rows go later, by
 * `sweepInstances`: 100,000 of them would keep everybody else waiting.
 */
export function deleteJob(db: Database, seq: number): void {
  db.transaction(() => {
    db.statement('INSERT INTO swept_task SELECT row_id FROM task WHERE job_seq = ? AND cursor > 0').run(seq);
    db.statement('DELETE FROM job WHERE seq = ?').run(seq);
  });
}

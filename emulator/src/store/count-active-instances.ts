import type { Database } from './database.ts';

/** Instances of the jobs that have work left, by state. The cost grows with these jobs only. */
export function countActiveInstances(db: Database): { waiting: number; running: number } {
  const row = db
    .statement(
      `SELECT coalesce(sum(task.waiting), 0) AS waiting, coalesce(sum(task.running), 0) AS running
       FROM job JOIN task ON task.job_seq = job.seq WHERE job.state IN ('Waiting', 'Running')`,
    )
    .get();
  return { waiting: Number(row?.['waiting']), running: Number(row?.['running']) };
}

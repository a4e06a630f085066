import type { Database } from './database.ts';
import { JOB_COLUMNS } from './find-job.ts';
import { toJob } from './read-row.ts';
import type { JobRow } from './rows.ts';

/**
 * Jobs that are over and need not be kept, those first that ended first: all that ended before `before` (milliseconds
 * since the epoch), and all but the newest `keep`. A job that was stopped before it ran ended when it was made.
 */
export function listExpiredJobs(
  db: Database,
  { before, keep, limit }: { before: number; keep: number; limit: number },
): JobRow[] {
  const over = "state IN ('Finished', 'Failed', 'Stopped')";
  const count = Number(db.statement(`SELECT count(*) AS n FROM job WHERE ${over}`).get()?.['n']);
  const tooMany = Math.max(0, count - keep);
  // By its own choice SQLite would find the jobs by state, and sort them all.
  return db
    .statement(
      `SELECT ${JOB_COLUMNS} FROM job INDEXED BY job_by_end WHERE ${over} ORDER BY coalesce(ended_at, created_at) LIMIT ?`,
    )
    .all(limit)
    .map(toJob)
    .filter((job, index) => index < tooMany || (job.endedAt ?? job.createdAt) < before);
}

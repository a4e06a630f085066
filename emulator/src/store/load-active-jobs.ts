import type { Database } from './database.ts';
import { JOB_COLUMNS } from './find-job.ts';
import { toJob } from './read-row.ts';
import type { JobRow } from './rows.ts';

/** Jobs that still have work to do, the oldest first. The cost does not grow with the jobs that are done. */
export function loadActiveJobs(db: Database): JobRow[] {
  return db
    .statement(`SELECT ${JOB_COLUMNS} FROM job WHERE state IN ('Waiting', 'Running') ORDER BY seq`)
    .all()
    .map(toJob);
}

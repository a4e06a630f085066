import type { Database } from './database.ts';
import type { JobRow } from './rows.ts';

/** Writes what may change of a job. */
export function updateJob(
  db: Database,
  job: Pick<JobRow, 'seq' | 'priority' | 'state' | 'message' | 'startedAt' | 'endedAt'>,
): void {
  db.statement(
    'UPDATE job SET priority = ?, state = ?, message = ?, started_at = ?, ended_at = ? WHERE seq = ?',
  ).run(job.priority, job.state, job.message, job.startedAt, job.endedAt, job.seq);
}

import type { State } from '@rebatch/model';
import type { Database } from './database.ts';
import { JOB_COLUMNS } from './find-job.ts';
import { toJob } from './read-row.ts';
import type { JobRow } from './rows.ts';

export interface JobQuery {
  owner: string;
  state?: State;
  /** Only jobs with a task on this cluster. */
  clusterId?: string;
  orderBy: 'CreationTime' | 'Id';
  reverse: boolean;
  /** Sort key of the last item seen: a `seq` in decimal, or an id. It need not exist any more. */
  after?: string;
  limit: number;
}

/** One page of an owner's jobs. */
export function listJobs(db: Database, query: JobQuery): JobRow[] {
  const key = query.orderBy === 'Id' ? 'id' : 'seq';
  const conditions = ['owner = ?'];
  const values: (string | number)[] = [query.owner];
  if (query.state !== undefined) {
    conditions.push('state = ?');
    values.push(query.state);
  }
  if (query.clusterId !== undefined) {
    conditions.push('EXISTS (SELECT 1 FROM task WHERE job_seq = seq AND cluster_id = ?)');
    values.push(query.clusterId);
  }
  if (query.after !== undefined) {
    conditions.push(`${key} ${query.reverse ? '<' : '>'} ?`);
    values.push(key === 'seq' ? Number(query.after) : query.after);
  }
  return db
    .statement(
      `SELECT ${JOB_COLUMNS} FROM job WHERE ${conditions.join(' AND ')}
       ORDER BY ${key} ${query.reverse ? 'DESC' : 'ASC'} LIMIT ?`,
    )
    .all(...values, query.limit)
    .map(toJob);
}

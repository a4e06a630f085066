import type { State } from '@rebatch/model';
import type { Database } from './database.ts';
import { toTask } from './read-row.ts';
import type { TaskRow } from './rows.ts';

/** A page of a job's tasks in the order of its description. `after`: row id of the last task seen. */
export function listTasks(
  db: Database,
  jobSeq: number,
  query: { state?: State; clusterId?: string; after: number; limit: number },
): TaskRow[] {
  return db
    .statement(
      `SELECT * FROM task WHERE job_seq = ?1 AND row_id > ?2 AND (?3 IS NULL OR state = ?3)
         AND (?4 IS NULL OR cluster_id = ?4) ORDER BY row_id LIMIT ?5`,
    )
    .all(jobSeq, query.after, query.state ?? null, query.clusterId ?? null, query.limit)
    .map(toTask);
}

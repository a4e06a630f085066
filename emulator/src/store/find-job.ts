import type { Database } from './database.ts';
import { toJob } from './read-row.ts';
import type { JobRow } from './rows.ts';

export function findJob(db: Database, id: string): JobRow | undefined {
  const row = db.statement(`SELECT ${JOB_COLUMNS} FROM job WHERE id = ?`).get(id);
  return row && toJob(row);
}

/** Everything but the descriptions, which may be large. */
export const JOB_COLUMNS = `seq, id, owner, name, priority, state, message, fail_on_instance_fail, auto_release,
  created_at, started_at, ended_at`;

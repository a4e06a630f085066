import type { State } from '@rebatch/model';
import type { Database } from './database.ts';
import { toState } from './read-row.ts';

/** How many stored jobs stand in each state; states without a job are absent. */
export function countJobs(db: Database): Map<State, number> {
  const rows = db.statement('SELECT state, count(*) AS n FROM job GROUP BY state').all();
  return new Map(rows.map((row) => [toState(row['state']), Number(row['n'])]));
}

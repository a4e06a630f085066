import type { Database } from './database.ts';

/** How many machines of a cluster's groups are in each state; states without a machine are absent. */
export function countNodes(
  db: Database,
  clusterId: string,
): { group: string; state: string; count: number }[] {
  return db
    .statement(
      'SELECT group_name, state, count(*) AS n FROM node WHERE cluster_id = ? GROUP BY group_name, state',
    )
    .all(clusterId)
    .map((row) => ({
      group: String(row['group_name']),
      state: String(row['state']),
      count: Number(row['n']),
    }));
}

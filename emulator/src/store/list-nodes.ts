import { type NodeRow, toNode } from './cluster-rows.ts';
import type { Database } from './database.ts';

/** A page of a group's machines that are not gone, by id. `after`: id of the last one seen. */
export function listNodes(
  db: Database,
  query: { clusterId: string; group: string; after: string; limit: number },
): NodeRow[] {
  return db
    .statement(
      `SELECT * FROM node WHERE cluster_id = ? AND group_name = ? AND id > ? AND state <> 'Deleted'
       ORDER BY id LIMIT ?`,
    )
    .all(query.clusterId, query.group, query.after, query.limit)
    .map(toNode);
}

import { type NodeRow, toNode } from './cluster-rows.ts';
import type { Database } from './database.ts';

/** A machine of the group, also one that is gone and not yet purged. */
export function findNode(db: Database, clusterId: string, group: string, id: string): NodeRow | undefined {
  const row = db
    .statement('SELECT * FROM node WHERE id = ? AND cluster_id = ? AND group_name = ?')
    .get(id, clusterId, group);
  return row && toNode(row);
}

import { type ClusterRow, toCluster } from './cluster-rows.ts';
import type { Database } from './database.ts';

/** A page of an owner's clusters by id. `after`: id of the last one seen; it need not exist any more. */
export function listClusters(db: Database, owner: string, after: string, limit: number): ClusterRow[] {
  return db
    .statement('SELECT * FROM cluster WHERE owner = ? AND id > ? ORDER BY id LIMIT ?')
    .all(owner, after, limit)
    .map(toCluster);
}

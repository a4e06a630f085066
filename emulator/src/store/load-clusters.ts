import { type ClusterRow, type NodeRow, toCluster, toNode } from './cluster-rows.ts';
import type { Database } from './database.ts';

/** Every cluster with those of its machines that are not gone, the oldest first. */
export function loadClusters(db: Database): { cluster: ClusterRow; nodes: NodeRow[] }[] {
  const nodes = db.statement("SELECT * FROM node WHERE cluster_id = ? AND state <> 'Deleted' ORDER BY id");
  return db
    .statement('SELECT * FROM cluster ORDER BY id')
    .all()
    .map(toCluster)
    .map((cluster) => ({ cluster, nodes: nodes.all(cluster.id).map(toNode) }));
}

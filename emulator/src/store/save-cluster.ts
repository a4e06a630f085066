import type { ClusterRow } from './cluster-rows.ts';
import type { Database } from './database.ts';

/** Writes a cluster, new or changed. */
export function saveCluster(db: Database, cluster: ClusterRow): void {
  db.statement(
    `INSERT INTO cluster (id, owner, state, error_code, created_at, description) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, error_code = excluded.error_code,
       description = excluded.description`,
  ).run(
    cluster.id,
    cluster.owner,
    cluster.state,
    cluster.errorCode,
    cluster.createdAt,
    JSON.stringify(cluster.description),
  );
}

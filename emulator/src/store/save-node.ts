import type { NodeRow } from './cluster-rows.ts';
import type { Database } from './database.ts';

/** Writes a cluster's machine, new or changed. */
export function saveNode(db: Database, node: NodeRow): void {
  db.statement(
    `INSERT INTO node (id, cluster_id, group_name, state, host_name, ip, attempt, error_code, error_message,
       created_at, running_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, ip = excluded.ip, attempt = excluded.attempt,
       error_code = excluded.error_code, error_message = excluded.error_message,
       running_at = excluded.running_at, ended_at = excluded.ended_at`,
  ).run(
    node.id,
    node.clusterId,
    node.group,
    node.state,
    node.hostName,
    node.ip,
    node.attempt,
    node.errorCode,
    node.errorMessage,
    node.createdAt,
    node.runningAt,
    node.endedAt,
  );
}

import type { Database } from './database.ts';

/** Lines that a cluster keeps; older ones go. */
const KEPT_LINES = 200;

/** Writes a line to a cluster's log. */
export function addClusterLog(db: Database, clusterId: string, line: string): void {
  db.statement('INSERT INTO cluster_log (cluster_id, line) VALUES (?, ?)').run(clusterId, line);
  db.statement(
    `DELETE FROM cluster_log WHERE cluster_id = ?1 AND row_id <=
       (SELECT row_id FROM cluster_log WHERE cluster_id = ?1 ORDER BY row_id DESC LIMIT 1 OFFSET ?2)`,
  ).run(clusterId, KEPT_LINES);
}

/** A cluster's log, the oldest line first. */
export function listClusterLog(db: Database, clusterId: string): string[] {
  return db
    .statement('SELECT line FROM cluster_log WHERE cluster_id = ? ORDER BY row_id')
    .all(clusterId)
    .map((row) => String(row['line']));
}

import { type ClusterRow, toCluster } from './cluster-rows.ts';
import type { Database } from './database.ts';

export function findCluster(db: Database, id: string): ClusterRow | undefined {
  const row = db.statement('SELECT * FROM cluster WHERE id = ?').get(id);
  return row && toCluster(row);
}

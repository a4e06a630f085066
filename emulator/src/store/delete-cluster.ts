import type { Database } from './database.ts';

/** Removes a cluster with its machines and its log. */
export function deleteCluster(db: Database, id: string): void {
  db.statement('DELETE FROM cluster WHERE id = ?').run(id);
}

import type { Database } from './database.ts';

/** Forgets machines that were gone before `before`, in milliseconds since the epoch. */
export function purgeNodes(db: Database, before: number): void {
  db.statement("DELETE FROM node WHERE state = 'Deleted' AND ended_at < ?").run(before);
}

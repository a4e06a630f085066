import type { DatabaseSync } from 'node:sqlite';

/** The greatest content id in use; 0 without any. */
export function prepareGreatestContent(db: DatabaseSync): () => number {
  const statement = db.prepare('SELECT coalesce(max(id), 0) AS id FROM contents');
  return () => Number(statement.get()?.['id']);
}

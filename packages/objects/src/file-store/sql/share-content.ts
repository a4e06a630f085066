import type { DatabaseSync } from 'node:sqlite';

/** One more object points to the content. */
export function prepareShareContent(db: DatabaseSync): (id: number) => void {
  const statement = db.prepare('UPDATE contents SET refs = refs + 1 WHERE id = ?');
  return (id) => {
    statement.run(id);
  };
}

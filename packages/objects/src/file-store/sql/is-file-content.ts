import type { DatabaseSync } from 'node:sqlite';

/** Tells whether a content exists whose bytes are in a file. */
export function prepareIsFileContent(db: DatabaseSync): (id: number) => boolean {
  const statement = db.prepare('SELECT 1 FROM contents WHERE id = ? AND inline IS NULL AND members IS NULL');
  return (id) => Number.isSafeInteger(id) && statement.get(id) !== undefined;
}

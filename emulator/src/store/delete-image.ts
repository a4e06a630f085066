import type { Database } from './database.ts';

/** Removes exactly this owner's image (owner "": the system's); false when there is none. */
export function deleteImage(db: Database, owner: string, id: string): boolean {
  return db.statement('DELETE FROM image WHERE id = ? AND owner = ?').run(id, owner).changes > 0;
}

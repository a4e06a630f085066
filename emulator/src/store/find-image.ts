import type { Database } from './database.ts';
import { toImage } from './read-row.ts';
import type { ImageRow } from './rows.ts';

/** The image that an owner means by an id: the own one, else the system's. */
export function findImage(db: Database, owner: string, id: string): ImageRow | undefined {
  const row = db
    .statement("SELECT * FROM image WHERE id = ? AND owner IN ('', ?) ORDER BY owner DESC LIMIT 1")
    .get(id, owner);
  return row && toImage(row);
}

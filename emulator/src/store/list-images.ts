import type { Database } from './database.ts';
import { toImage } from './read-row.ts';
import type { ImageRow } from './rows.ts';

export interface ImageQuery {
  owner: string;
  /** Only those of the system, or only the owner's; both when absent. */
  type?: 'System' | 'Self';
  /** Id of the last one seen; it need not exist any more. */
  after: string;
  limit: number;
}

/** A page of the images that an owner sees, by id. An own image hides the system's of the same id. */
export function listImages(db: Database, { owner, type, after, limit }: ImageQuery): ImageRow[] {
  // SQLite takes the other columns from the row that has the maximum.
  return db
    .statement(
      `SELECT *, max(owner) AS shown FROM image WHERE owner IN (?, ?) AND id > ?
       GROUP BY id ORDER BY id LIMIT ?`,
    )
    .all(type === 'Self' ? owner : '', type === 'System' ? '' : owner, after, limit)
    .map(toImage);
}

/** The images of all owners, by id. */
export function allImages(db: Database): ImageRow[] {
  return db.statement('SELECT * FROM image ORDER BY id, owner').all().map(toImage);
}

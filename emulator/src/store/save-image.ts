import type { Database } from './database.ts';
import type { ImageRow } from './rows.ts';

/** Adds the image, or gives the one of the same id and owner another meaning; its time of creation stays. */
export function saveImage(db: Database, image: ImageRow): void {
  db.statement(
    `INSERT INTO image (id, owner, name, description, target, platform, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id, owner) DO UPDATE SET name = excluded.name, description = excluded.description,
       target = excluded.target, platform = excluded.platform`,
  ).run(image.id, image.owner, image.name, image.description, image.target, image.platform, image.createdAt);
}

import type { DatabaseSync } from 'node:sqlite';

/** Forgets the upload and its parts. The caller releases or keeps their contents. */
export function prepareDeleteUpload(db: DatabaseSync): (id: string) => void {
  const parts = db.prepare('DELETE FROM parts WHERE upload = ?');
  const upload = db.prepare('DELETE FROM uploads WHERE id = ?');
  return (id) => {
    parts.run(id);
    upload.run(id);
  };
}

import type { DatabaseSync } from 'node:sqlite';

/** The content of one part, if it was put. */
export function prepareFindPartContent(
  db: DatabaseSync,
): (uploadId: string, partNumber: number) => number | undefined {
  const statement = db.prepare('SELECT content FROM parts WHERE upload = ? AND number = ?');
  return (uploadId, partNumber) => {
    const row = statement.get(uploadId, partNumber);
    return row === undefined ? undefined : Number(row['content']);
  };
}

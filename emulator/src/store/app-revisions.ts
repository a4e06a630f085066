import type { AppDescription } from '@rebatch/model';
import type { Database } from './database.ts';

export interface StoredRevision {
  revision: number;
  updatedAt: number;
}

/** All revisions of an App, the oldest first. */
export function listRevisions(db: Database, appRow: number): StoredRevision[] {
  return db
    .statement('SELECT revision, updated_at FROM app_revision WHERE app_row = ? ORDER BY revision')
    .all(appRow)
    .map((row) => ({ revision: Number(row['revision']), updatedAt: Number(row['updated_at']) }));
}

/** One revision's description. */
export function findRevision(db: Database, appRow: number, revision: number): AppDescription | undefined {
  const row = db
    .statement('SELECT description FROM app_revision WHERE app_row = ? AND revision = ?')
    .get(appRow, revision);
  if (row === undefined) return undefined;
  // Written by insert-app from this very type.
  const description: AppDescription = JSON.parse(String(row['description']));
  return description;
}

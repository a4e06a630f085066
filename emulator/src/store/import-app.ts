import type { AppDescription } from '@rebatch/model';
import type { Database } from './database.ts';

export interface ImportedApp {
  name: string;
  createdAt: number;
  nextRevision: number;
  /** The oldest first. */
  revisions: { revision: number; updatedAt: number; description: AppDescription }[];
}

/** Adds an App with all its revisions; false when the owner has one of that name, which stays as it is. */
export function importApp(db: Database, owner: string, app: ImportedApp): boolean {
  return db.transaction(() => {
    const row = db
      .statement(
        `INSERT INTO app (owner, name, created_at, next_revision) VALUES (?, ?, ?, ?)
         ON CONFLICT (owner, name) DO NOTHING RETURNING row_id`,
      )
      .get(owner, app.name, app.createdAt, app.nextRevision);
    if (row === undefined) return false;
    for (const { revision, updatedAt, description } of app.revisions) {
      db.statement(
        'INSERT INTO app_revision (app_row, revision, description, updated_at) VALUES (?, ?, ?, ?)',
      ).run(Number(row['row_id']), revision, JSON.stringify(description), updatedAt);
    }
    return true;
  });
}

/** Number that an App's next revision gets. */
export function nextRevision(db: Database, appRow: number): number {
  return Number(
    db.statement('SELECT next_revision FROM app WHERE row_id = ?').get(appRow)?.['next_revision'] ?? 0,
  );
}

import type { AppDescription } from '@rebatch/model';
import type { Database } from './database.ts';

/** Adds an App with revision 0 (spec/batchcompute-api.md §8.4). */
export function insertApp(db: Database, owner: string, description: AppDescription, at: number): void {
  db.transaction(() => {
    const { lastInsertRowid } = db
      .statement('INSERT INTO app (owner, name, created_at, next_revision) VALUES (?, ?, ?, 1)')
      .run(owner, description.Name, at);
    insertRevision(db, Number(lastInsertRowid), 0, description, at);
  });
}

/** Adds the next revision of an App; numbers of deleted revisions are not given again. */
export function addRevision(db: Database, appRow: number, description: AppDescription, at: number): void {
  db.transaction(() => {
    const row = db
      .statement(
        'UPDATE app SET next_revision = next_revision + 1 WHERE row_id = ? RETURNING next_revision - 1 AS revision',
      )
      .get(appRow);
    if (row !== undefined) insertRevision(db, appRow, Number(row['revision']), description, at);
  });
}

function insertRevision(
  db: Database,
  appRow: number,
  revision: number,
  description: AppDescription,
  at: number,
): void {
  db.statement(
    'INSERT INTO app_revision (app_row, revision, description, updated_at) VALUES (?, ?, ?, ?)',
  ).run(appRow, revision, JSON.stringify(description), at);
}

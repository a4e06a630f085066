import type { Database } from './database.ts';

/** Removes an App with all its revisions. */
export function deleteApp(db: Database, appRow: number): void {
  db.statement('DELETE FROM app WHERE row_id = ?').run(appRow);
}

/** Removes one revision, and the App with its last one. False when there is no such revision. */
export function deleteRevision(db: Database, appRow: number, revision: number): boolean {
  return db.transaction(() => {
    const { changes } = db
      .statement('DELETE FROM app_revision WHERE app_row = ? AND revision = ?')
      .run(appRow, revision);
    db.statement(
      'DELETE FROM app WHERE row_id = ?1 AND NOT EXISTS (SELECT 1 FROM app_revision WHERE app_row = ?1)',
    ).run(appRow);
    return Number(changes) > 0;
  });
}

import type { AppDescription } from '@rebatch/model';
import type { Database } from './database.ts';
import type { SqlRow } from './read-row.ts';

/** An App as its latest revision has it. */
export interface StoredApp {
  rowId: number;
  createdAt: number;
  revision: number;
  description: AppDescription;
}

const LATEST = `SELECT app.row_id, app.created_at, r.revision, r.description FROM app
  JOIN app_revision r ON r.app_row = app.row_id
   AND r.revision = (SELECT max(revision) FROM app_revision WHERE app_row = app.row_id)`;

/** The latest revision of an owner's App. */
export function findApp(db: Database, owner: string, name: string): StoredApp | undefined {
  const row = db.statement(`${LATEST} WHERE app.owner = ? AND app.name = ?`).get(owner, name);
  return row && toApp(row);
}

/** A page of an owner's Apps by name. `after`: name of the last one seen; it need not exist any more. */
export function listApps(db: Database, owner: string, after: string, limit: number): StoredApp[] {
  return db
    .statement(`${LATEST} WHERE app.owner = ? AND app.name > ? ORDER BY app.name LIMIT ?`)
    .all(owner, after, limit)
    .map(toApp);
}

function toApp(row: SqlRow): StoredApp {
  // Written by insert-app from this very type.
  const description: AppDescription = JSON.parse(String(row['description']));
  return {
    rowId: Number(row['row_id']),
    createdAt: Number(row['created_at']),
    revision: Number(row['revision']),
    description,
  };
}

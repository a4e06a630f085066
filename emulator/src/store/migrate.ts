import type { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from './migrations.ts';
import { StoreError } from './store-error.ts';

/**
 * Brings a database to the newest schema, one migration a transaction. `PRAGMA user_version` counts those done.
 *
 * @throws {StoreError} when a newer release wrote the file.
 */
export function migrate(connection: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  const version = Number(connection.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > migrations.length) {
    throw new StoreError(
      `The store has schema ${version}, and this release knows up to ${migrations.length}. Use the release that wrote it.`,
    );
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    connection.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${index + 1}; COMMIT`);
  }
}

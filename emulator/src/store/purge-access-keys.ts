import type { Database } from './database.ts';

/** Forgets temporary keys that expired before `at`, milliseconds since the epoch. */
export function purgeAccessKeys(db: Database, at: number): void {
  db.statement('DELETE FROM access_key WHERE expires_at < ?').run(at);
}

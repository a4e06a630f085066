import type { Database } from './database.ts';

/** A remembered fact about this installation, such as its operator; undefined when unset. */
export function getMeta(db: Database, key: string): string | undefined {
  const row = db.statement('SELECT value FROM meta WHERE key = ?').get(key);
  return row && String(row['value']);
}

export function setMeta(db: Database, key: string, value: string): void {
  db.statement(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, value);
}

import type { Database } from './database.ts';

/** Sets a named limit. */
export function saveLimit(db: Database, name: string, amount: number): void {
  db.statement(
    'INSERT INTO named_limit (name, amount) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET amount = excluded.amount',
  ).run(name, amount);
}

/** Lifts a named limit; false when there is none of that name. */
export function deleteLimit(db: Database, name: string): boolean {
  return db.statement('DELETE FROM named_limit WHERE name = ?').run(name).changes > 0;
}

import type { Database } from './database.ts';

/** The attempts that may run at once under each named limit. A name without an amount is not limited. */
export function listLimits(db: Database): Map<string, number> {
  const rows = db.statement('SELECT name, amount FROM named_limit ORDER BY name').all();
  return new Map(rows.map((row) => [String(row['name']), Number(row['amount'])]));
}

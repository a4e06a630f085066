import type { Database } from './database.ts';
import type { QuotaName } from './rows.ts';

/** How much an owner may have; undefined: no bound. */
export function findQuota(db: Database, owner: string, what: QuotaName): number | undefined {
  const row = db
    .statement("SELECT amount FROM quota WHERE what = ? AND owner IN ('', ?) ORDER BY owner DESC LIMIT 1")
    .get(what, owner);
  return row && Number(row['amount']);
}

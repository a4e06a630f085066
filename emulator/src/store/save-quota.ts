import type { Database } from './database.ts';
import type { QuotaName } from './rows.ts';

/** Sets what an owner may have ("": everybody without a quota of their own), or lifts the bound. */
export function saveQuota(db: Database, owner: string, what: QuotaName, amount: number | undefined): void {
  if (amount === undefined) {
    db.statement('DELETE FROM quota WHERE owner = ? AND what = ?').run(owner, what);
    return;
  }
  db.statement(
    `INSERT INTO quota (owner, what, amount) VALUES (?, ?, ?)
     ON CONFLICT (owner, what) DO UPDATE SET amount = excluded.amount`,
  ).run(owner, what, amount);
}

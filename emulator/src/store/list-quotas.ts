import type { Database } from './database.ts';
import { toQuota } from './read-row.ts';
import type { QuotaRow } from './rows.ts';

/** All quotas; those of owner "" are everybody's without one of their own. */
export function listQuotas(db: Database): QuotaRow[] {
  return db.statement('SELECT * FROM quota ORDER BY owner, what').all().flatMap(toQuota);
}

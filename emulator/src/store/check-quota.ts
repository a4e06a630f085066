import { quotaExhausted } from '@rebatch/model';
import type { QuotaName } from './rows.ts';
import type { Store } from './store.ts';

/**
 * Refuses to make one more of something than the owner may have. `count`: how many there are, counted no further than
 * `atMost`; not asked when there is no quota.
 *
 * @throws QuotaExhausted
 */
export function checkQuota(
  store: Pick<Store, 'findQuota'>,
  owner: string,
  what: QuotaName,
  count: (atMost: number) => number,
): void {
  const amount = store.findQuota(owner, what);
  if (amount !== undefined && count(amount) >= amount) throw quotaExhausted(what, amount);
}

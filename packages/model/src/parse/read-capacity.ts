import type { Field } from '../field.ts';
import { withoutUndefined } from '../without-undefined.ts';

export const RESOURCE_TYPES = ['OnDemand', 'Spot', 'PrePaid'] as const;
const SPOT_STRATEGIES = ['SpotWithPriceLimit', 'SpotAsPriceGo'] as const;
/** Per hour, in the account's currency. */
const MAX_PRICE = 1_000_000;

/** How machines are paid for: the same fields in an AutoCluster and in a cluster's group (spec/batchcompute-api.md §7, §9.1). */
export interface Purchase {
  ResourceType: (typeof RESOURCE_TYPES)[number];
  SpotStrategy?: (typeof SPOT_STRATEGIES)[number];
  SpotPriceLimit?: number;
}

/** @throws Missing…SpotPriceLimit when a spot machine is wanted with a price limit and there is none (spec §16). */
export function readPurchase(field: Field): Purchase {
  const resourceType = field.at('ResourceType').choice(RESOURCE_TYPES) ?? 'OnDemand';
  const strategy = field.at('SpotStrategy').choice(SPOT_STRATEGIES);
  const limit = readPrice(field.at('SpotPriceLimit'));
  if (resourceType === 'Spot' && strategy === 'SpotWithPriceLimit' && limit === undefined) {
    throw field.at('SpotPriceLimit').missing();
  }
  return withoutUndefined({ ResourceType: resourceType, SpotStrategy: strategy, SpotPriceLimit: limit });
}

/** What of it a change names (spec §9.3): clients send a strategy, then its price, each alone. */
export function readPurchaseChange(field: Field): Partial<Purchase> {
  return withoutUndefined({
    ResourceType: field.at('ResourceType').choice(RESOURCE_TYPES),
    SpotStrategy: field.at('SpotStrategy').choice(SPOT_STRATEGIES),
    SpotPriceLimit: readPrice(field.at('SpotPriceLimit')),
  });
}

/** The protocol knows three decimals (spec §6); clients that multiply prices send more. 0 is the clients' "unset". */
function readPrice(field: Field): number | undefined {
  const price = Math.round((field.number(0, MAX_PRICE) ?? 0) * 1000) / 1000;
  return price === 0 ? undefined : price;
}

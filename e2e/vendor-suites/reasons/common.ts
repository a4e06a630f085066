import type { Reason } from '../suite.ts';

/** Reasons that no suite has for itself: what the vendor's cloud has and this store does not claim to have. */
export const NO_VENDOR: Reason = {
  reason: 'asks hosts of the vendor',
  says: /aliyuncs\.com/,
};

/** A sub-resource that is refused with 501, as docs/object-clients.md lists them. */
export function notServed(what: string, tests: RegExp): Reason {
  return { reason: `not served: ${what}`, tests };
}

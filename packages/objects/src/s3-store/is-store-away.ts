import { isTransient } from './with-retries.ts';

/** What Node says of a line that cannot be had or that broke. */
const NETWORK = new Set<unknown>([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * Whether a store failed for want of the server behind it, which may be back in a minute: for callers that would rather
 * wait than lose what they have. Looks through causes.
 */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'S3Error') return isTransient(error);
  return ('code' in error && NETWORK.has(error.code)) || isStoreAway(error.cause);
}

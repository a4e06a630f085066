import { idempotentTokenMismatch } from '@rebatch/model';
import type { TokenKey } from './idempotent-token.ts';
import type { Store } from './store.ts';

/** A create that may be repeated (spec/batchcompute-api.md §4.5). `fingerprint`: equal for equal requests. */
export interface CreateToken extends TokenKey {
  fingerprint: string;
}

/**
 * Creates something, unless the same request with the same token did so before: then gives what that one gave. Belongs
 * into a transaction. `at`: milliseconds since the epoch.
 *
 * @throws IdempotentTokenMismatch when the token came with another request; then nothing is created.
 */
export function createOnce(
  store: Pick<Store, 'findToken' | 'insertToken'>,
  token: CreateToken | undefined,
  at: number,
  create: () => string,
): string {
  if (token === undefined) return create();
  const earlier = store.findToken(token);
  if (earlier !== undefined && earlier.fingerprint !== token.fingerprint) throw idempotentTokenMismatch();
  if (earlier !== undefined) return earlier.result;
  const result = create();
  store.insertToken(token, token.fingerprint, result, at);
  return result;
}

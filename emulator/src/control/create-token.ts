import type { CreateToken } from '../store/create-once.ts';
import { fingerprint } from './fingerprint.ts';

/** What makes a create of this owner repeatable; undefined when the request has no IdempotentToken. */
export function createToken(
  owner: string,
  operation: string,
  idempotentToken: string | undefined,
  request: unknown,
): CreateToken | undefined {
  if (idempotentToken === undefined) return undefined;
  return { owner, operation, token: idempotentToken, fingerprint: fingerprint(request) };
}

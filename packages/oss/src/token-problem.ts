import { createHash, timingSafeEqual } from 'node:crypto';
import type { AccessKey } from './keyring.ts';

/**
 * What is wrong with the security token that came beside a key; undefined when the key may be used. A token beside a
 * key that needs none is no harm: one client sends its own always (spec clients.md §1.1). `now`: milliseconds.
 */
export function tokenProblem(
  { temporary }: Pick<AccessKey, 'temporary'>,
  token: string | undefined,
  now: number,
): 'missing' | 'wrong' | 'expired' | undefined {
  if (temporary === undefined) return undefined;
  if (token === undefined || token === '') return 'missing';
  // Digests are of one length, whatever was sent.
  if (!timingSafeEqual(digest(token), digest(temporary.token))) return 'wrong';
  return now < temporary.expiresAt ? undefined : 'expired';
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

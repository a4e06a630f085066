import { invalidParameter } from './errors.ts';
import { MAX_IDEMPOTENT_TOKEN } from './limits.ts';

/**
 * The query's IdempotentToken, or undefined when there is none (spec/batchcompute-api.md §4.5; `-` is used by JavaSDK's tests).
 * @throws InvalidIdempotentToken
 */
export function checkIdempotentToken(raw: string | undefined): string | undefined {
  if (raw === undefined || raw === '') return undefined;
  if (raw.length > MAX_IDEMPOTENT_TOKEN) {
    throw invalidParameter('IdempotentToken', `Its length must be in [1, ${MAX_IDEMPOTENT_TOKEN}].`);
  }
  if (!/^[a-zA-Z0-9_-]+$/.test(raw)) {
    throw invalidParameter('IdempotentToken', 'It must only contain characters within [a-zA-Z0-9_-].');
  }
  return raw;
}

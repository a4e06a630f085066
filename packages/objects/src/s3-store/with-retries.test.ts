import { expect, test } from 'vitest';
import { isStoreAway } from './is-store-away.ts';
import { isTransient, withRetries } from './with-retries.ts';

const reset = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
const answer = (code: string): Error => Object.assign(new Error(code), { name: 'S3Error', code });

/** A request that fails with these errors, one after the other, and then succeeds. */
function failing(...errors: Error[]): { request: () => Promise<string>; tries: () => number } {
  let tries = 0;
  return {
    tries: () => tries,
    request: async () => {
      tries += 1;
      const error = errors.shift();
      if (error !== undefined) throw error;
      return 'done';
    },
  };
}

test('a request is sent again when the line broke or the server was busy', async () => {
  const { request, tries } = failing(reset(), answer('SlowDown'));
  expect(await withRetries(request)).toBe('done');
  expect(tries()).toBe(3);
});

test('a refusal is final', async () => {
  const { request, tries } = failing(answer('AccessDenied'));
  await expect(withRetries(request)).rejects.toMatchObject({ code: 'AccessDenied' });
  expect(tries()).toBe(1);
});

test('what keeps failing is told after five tries', async () => {
  const { request, tries } = failing(...Array.from({ length: 9 }, reset));
  await expect(withRetries(request)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(tries()).toBe(5);
});

test('only errors can be transient', () => {
  expect(isTransient('text')).toBe(false);
});

test('a store is away when its line breaks or its server is busy, however it was wrapped', () => {
  expect(isStoreAway(reset())).toBe(true);
  expect(isStoreAway(answer('SlowDown'))).toBe(true);
  expect(isStoreAway(new Error('the part was not sent', { cause: reset() }))).toBe(true);
  expect(isStoreAway(answer('AccessDenied'))).toBe(false);
  expect(isStoreAway(new Error('no idea'))).toBe(false);
});

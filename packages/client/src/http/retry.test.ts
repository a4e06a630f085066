import { expect, test } from 'vitest';
import { type RetryPolicy, withRetries } from './retry.ts';

function recordingPolicy(tries: number): RetryPolicy & { pauses: number[] } {
  const pauses: number[] = [];
  return { tries, firstPauseMs: 10, pauses, pause: async (ms) => void pauses.push(ms) };
}

test('tries again with growing pauses until it works', async () => {
  const policy = recordingPolicy(4);
  let calls = 0;
  const result = await withRetries(
    policy,
    () => true,
    async () => {
      calls += 1;
      if (calls < 3) throw new Error('not yet');
      return 'done';
    },
  );
  expect(result).toBe('done');
  expect(policy.pauses).toEqual([10, 20]);
});

test('gives up at once on a refusal, and after the last try on anything', async () => {
  const refused = recordingPolicy(4);
  await expect(
    withRetries(
      refused,
      () => false,
      async () => Promise.reject(new Error('no')),
    ),
  ).rejects.toThrow('no');
  expect(refused.pauses).toEqual([]);
  const tired = recordingPolicy(2);
  await expect(
    withRetries(
      tired,
      () => true,
      async () => Promise.reject(new Error('down')),
    ),
  ).rejects.toThrow('down');
  expect(tired.pauses).toEqual([10]);
});

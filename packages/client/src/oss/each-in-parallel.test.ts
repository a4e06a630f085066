import { expect, test } from 'vitest';
import { eachInParallel } from './each-in-parallel.ts';

test('works on every item, never on more than asked at once', async () => {
  let running = 0;
  let most = 0;
  const seen: number[] = [];
  await eachInParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    seen.push(item);
    running -= 1;
  });
  expect(seen.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

test('begins nothing new after a failure, and tells it', async () => {
  const begun: number[] = [];
  const work = eachInParallel([1, 2, 3, 4], 1, async (item) => {
    begun.push(item);
    if (item === 2) throw new Error('item 2 failed');
  });
  await expect(work).rejects.toThrow('item 2 failed');
  expect(begun).toEqual([1, 2]);
});

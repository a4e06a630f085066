import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunkSize } from './chunk-size.ts';

const facts = { targetSeconds: 30, left: 1000, of: 4, secondsLeft: Number.POSITIVE_INFINITY };

test.each([
  ['the first frame alone, since nobody knows how long it takes', undefined, 1],
  ['a frame that takes longer than the target alone', 45, 1],
  ['as many as fit into the target', 2, 15],
  ['quick frames only as many as leave the others enough', 0.01, 125],
])('takes %s', (_what, secondsPerFrame, size) => {
  expect(chunkSize({ ...facts, secondsPerFrame })).toBe(size);
});

test('takes no more than there is time for', () => {
  expect(chunkSize({ ...facts, secondsPerFrame: 2, secondsLeft: 9 })).toBe(2);
  expect(chunkSize({ ...facts, secondsPerFrame: 2, secondsLeft: -1 })).toBe(1);
});

test('is always a whole number from 1 on, and never more than half of what is left for each', () => {
  const positive = fc.double({ min: 0, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      positive,
      positive,
      fc.nat(1_000_000),
      fc.integer({ min: 1, max: 5000 }),
      (secondsPerFrame, targetSeconds, left, of) => {
        const size = chunkSize({ ...facts, secondsPerFrame, targetSeconds, left, of });
        expect(Number.isInteger(size)).toBe(true);
        expect(size).toBeGreaterThanOrEqual(1);
        expect(size).toBeLessThanOrEqual(Math.max(1, Math.ceil(left / of / 2)));
      },
    ),
  );
});

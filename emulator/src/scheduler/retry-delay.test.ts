import { expect, test } from 'vitest';
import { retryDelay } from './retry-delay.ts';

test('the first loss costs no time, later ones a doubling pause of a minute at most', () => {
  expect([0, 1, 2, 3, 4, 7, 8, 9, 1000].map(retryDelay)).toEqual([
    0, 0, 1000, 2000, 4000, 32_000, 60_000, 60_000, 60_000,
  ]);
});

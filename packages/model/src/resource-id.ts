import type { Clock } from './clock.ts';

/**
 * Makes ids of clusters and of their machines: `cls-` or `i-` and 18 characters of base 36 (spec/batchcompute-api.md §6), each
 * greater as text than the one before, also when the clock steps back.
 * @param random gives a number in [0, 1), so that two servers never meet
 */
export function resourceIdSource(
  prefix: 'cls-' | 'i-',
  clock: Pick<Clock, 'now'>,
  random: () => number = Math.random,
): () => string {
  let last = 0;
  let sequence = 0;
  return () => {
    const now = Math.floor(clock.now());
    if (now > last) {
      last = now;
      sequence = 0;
    } else {
      sequence += 1;
    }
    const chance = Math.floor(random() * 36 ** 6);
    return `${prefix}${base36(last, 8)}${base36(sequence, 4)}${base36(chance, 6)}`;
  };
}

function base36(value: number, digits: number): string {
  return value.toString(36).padStart(digits, '0');
}

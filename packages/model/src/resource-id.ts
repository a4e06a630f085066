import type { Clock } from './clock.ts';
import { momentSource } from './moment-source.ts';

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
  const next = momentSource(clock, 36 ** 4);
  return () => {
    const { ms, sequence } = next();
    const chance = Math.floor(random() * 36 ** 6);
    return `${prefix}${base36(ms, 8)}${base36(sequence, 4)}${base36(chance, 6)}`;
  };
}

function base36(value: number, digits: number): string {
  return value.toString(36).padStart(digits, '0');
}

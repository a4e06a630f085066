import { invalidMaxItemCountRange, invalidMaxItemCountType } from './errors.ts';
import { DEFAULT_PAGE, MAX_PAGE } from './limits.ts';

/**
 * The query's MaxItemCount (spec/batchcompute-api.md §4.4). Absent and empty mean 50.
 * @param minimum 0; 1 for Apps
 * @throws InvalidMaxItemCount when it is no whole number or outside [minimum, 100].
 */
export function parseMaxItemCount(raw: string | undefined, minimum = 0): number {
  if (raw === undefined || raw === '') return DEFAULT_PAGE;
  if (!/^[+-]?\d+$/.test(raw)) throw invalidMaxItemCountType();
  const count = Number(raw);
  if (count < minimum || count > MAX_PAGE) throw invalidMaxItemCountRange(minimum, MAX_PAGE);
  return count;
}

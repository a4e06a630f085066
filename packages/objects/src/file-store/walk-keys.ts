import { ObjectStoreError } from '../object-store-error.ts';
import { keyToBytes } from './sql/rows.ts';

const MAX_LIMIT = 1000;

/** What a page is made of: an entry, or a prefix that stands for all keys below it. */
export type Step<T> = { kind: 'entry'; entry: T } | { kind: 'prefix'; prefix: string };

/** Reads entries of keys `from` ≤ key < `below` (no upper bound when absent), in byte order, one by one. */
export type Scan<T> = (from: Uint8Array, below: Uint8Array | undefined) => Iterable<T>;

/** @throws ObjectStoreError InvalidArgument */
export function pageLimit(limit: number = MAX_LIMIT): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new ObjectStoreError('InvalidArgument', `A page has 1 to ${MAX_LIMIT} entries, not ${limit}.`);
  }
  return limit;
}

/**
 * Entries in byte order of their keys, from the key `start` on. Keys that share what comes up to the delimiter appear as
 * one common prefix, and the search goes on behind them by the index: a folder of a million keys costs one step.
 */
export function* walkKeys<T>(
  scan: Scan<T>,
  keyOf: (entry: T) => string,
  { prefix, delimiter }: { prefix: string; delimiter: string },
  start: Uint8Array | undefined,
): Generator<Step<T>> {
  const below = firstBehind(prefix);
  let from = start;
  while (from !== undefined) {
    let folder: string | undefined;
    for (const entry of scan(from, below)) {
      folder = commonPrefix(keyOf(entry), prefix, delimiter);
      if (folder !== undefined) {
        break;
      }
      yield { kind: 'entry', entry };
    }
    if (folder === undefined) {
      return;
    }
    yield { kind: 'prefix', prefix: folder };
    from = firstBehind(folder);
  }
}

/** Where to begin: at the prefix, or behind `after`; behind everything below it when it is a common prefix itself. */
export function firstKey(prefix: string, delimiter: string, after: string): Uint8Array | undefined {
  const start = keyToBytes(prefix);
  if (after === '') {
    return start;
  }
  const behind =
    commonPrefix(after, prefix, delimiter) === after
      ? firstBehind(after)
      : Buffer.concat([keyToBytes(after), Buffer.of(0)]);
  return behind === undefined || Buffer.compare(behind, start) > 0 ? behind : start;
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '' || !key.startsWith(prefix)) {
    return undefined;
  }
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

/** The least byte string greater than all that begin with `prefix`; absent when there is none. UTF-8 has no 0xFF. */
function firstBehind(prefix: string): Uint8Array | undefined {
  const bytes = keyToBytes(prefix);
  const last = bytes.at(-1);
  if (last === undefined) {
    return undefined;
  }
  bytes[bytes.length - 1] = last + 1;
  return bytes;
}

import type { ByteRange } from '@rebatch/objects';

/** `unusable`: not a range, or not inside the object. */
export type ParsedRange = ByteRange | 'unusable';

/**
 * The bytes that a Range header asks for, of an object of `size` bytes. OSS ignores a range that reaches beyond the
 * object; with `x-oss-range-behavior: standard` its end is cut to size, as HTTP has it (spec/oss.md §1.7 GetObject).
 */
export function parseRange(range: string, size: number, standard: boolean): ParsedRange {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range.trim()) ?? [];
  if (first === '') {
    return last === '' ? 'unusable' : lastBytes(Number(last), size, standard);
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Number(last);
  if (start >= size || end < start || (end >= size && !standard)) {
    return 'unusable';
  }
  return { start, end: Math.min(end, size - 1) };
}

function lastBytes(count: number, size: number, standard: boolean): ParsedRange {
  if (count === 0 || size === 0 || (count > size && !standard)) {
    return 'unusable';
  }
  return { start: Math.max(size - count, 0), end: size - 1 };
}

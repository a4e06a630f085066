/**
 * Bytes of a log that one object holds: as many as an appendable object may have (spec/oss.md §1.7). What a program
 * writes beyond goes to further objects.
 */
export const LOG_PART_BYTES = 5 * 1024 ** 3;

/** The key of part `part` (from 0) of the log at `key`: `key`, `key.1`, `key.2` … */
export function logPartKey(key: string, part: number): string {
  return part === 0 ? key : `${key}.${part}`;
}

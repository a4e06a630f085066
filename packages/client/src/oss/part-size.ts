const MIB = 1024 * 1024;

/**
 * Bytes of a part for a file of `size` bytes: 8 MiB, or whole MiB enough that 10,000 parts hold it (spec/oss.md §1.11).
 * The same size gives the same parts, so that an upload can be gone on with.
 */
export function partSizeFor(size: number): number {
  return Math.max(8 * MIB, Math.ceil(size / 9_000 / MIB) * MIB);
}

import type { DatabaseSync } from 'node:sqlite';
import { type ListedVersion, toListedVersion } from './rows.ts';

/** Versions of keys `from` ≤ key < `below` (no upper bound when absent); of the key `from` only those before `sequence`. */
export type ScanVersions = (
  bucket: string,
  from: Uint8Array,
  below: Uint8Array | undefined,
  sequence?: number,
) => Iterable<ListedVersion>;

/**
 * What keys stand for and their other versions, by key in byte order, of each key the newest first, read one by one as
 * they are asked for.
 */
export function prepareScanVersions(db: DatabaseSync): ScanVersions {
  const range = (bound: string) =>
    db.prepare(`
      SELECT key, sequence, versionId, NULL AS superseded, modified, content, size, etag, crc64, type, contentType,
             userMetadata, headers, attributes
        FROM objects WHERE bucket = ?1 AND ${bound}
      UNION ALL
      SELECT key, sequence, versionId, superseded, modified, content, size, etag, crc64, type, contentType,
             userMetadata, headers, attributes
        FROM versions WHERE bucket = ?1 AND ${bound}
      ORDER BY key, sequence DESC`);
  const bounded = range('key >= ?2 AND key < ?3');
  const unbounded = range('key >= ?2');
  const older = range('key = ?2 AND sequence < ?3');
  function* rows(
    bucket: string,
    from: Uint8Array,
    below: Uint8Array | undefined,
    sequence: number | undefined,
  ): Generator<Record<string, unknown>> {
    let start = from;
    if (sequence !== undefined) {
      yield* older.iterate(bucket, from, sequence);
      start = Buffer.concat([from, Buffer.of(0)]);
    }
    yield* below === undefined ? unbounded.iterate(bucket, start) : bounded.iterate(bucket, start, below);
  }
  return function* (bucket, from, below, sequence) {
    for (const row of rows(bucket, from, below, sequence)) {
      yield toListedVersion(bucket, row);
    }
  };
}

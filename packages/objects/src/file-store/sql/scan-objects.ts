import type { DatabaseSync } from 'node:sqlite';
import { type StoredObject, toStoredObject } from './rows.ts';

/** Keys `from` ≤ key < `below` (no upper bound when absent), in byte order, read one by one as they are asked for. */
export function prepareScanObjects(
  db: DatabaseSync,
): (bucket: string, from: Uint8Array, below: Uint8Array | undefined) => Iterable<StoredObject> {
  const bounded = db.prepare('SELECT * FROM objects WHERE bucket = ? AND key >= ? AND key < ? ORDER BY key');
  const unbounded = db.prepare('SELECT * FROM objects WHERE bucket = ? AND key >= ? ORDER BY key');
  return function* (bucket, from, below) {
    const rows = below === undefined ? unbounded.iterate(bucket, from) : bounded.iterate(bucket, from, below);
    for (const row of rows) {
      yield toStoredObject(bucket, row);
    }
  };
}

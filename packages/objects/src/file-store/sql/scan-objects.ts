import type { DatabaseSync } from 'node:sqlite';
import { type Row, type StoredObject, toStoredObject } from './rows.ts';

/**
 * Keys come as text: a thousand BLOBs are a thousand buffers, which made a page take a sixth more processor time. The order
 * is that of the column, by the index; that of the text would be a sort of the whole bucket.
 */
const SELECT = `
  SELECT CAST(o.key AS TEXT) AS key, content, sequence, versionId, size, etag, crc64, modified, type, contentType,
         userMetadata, headers, attributes
    FROM objects AS o WHERE o.bucket = ?`;

/** Keys `from` ≤ key < `below` (no upper bound when absent), in byte order, read one by one as they are asked for. */
export function prepareScanObjects(
  db: DatabaseSync,
): (bucket: string, from: Uint8Array, below: Uint8Array | undefined) => Iterable<StoredObject> {
  const bounded = db.prepare(`${SELECT} AND o.key >= ? AND o.key < ? ORDER BY o.key`);
  const unbounded = db.prepare(`${SELECT} AND o.key >= ? ORDER BY o.key`);
  // Objects with names take the driver half as long again.
  bounded.setReturnArrays(true);
  unbounded.setReturnArrays(true);
  return function* (bucket, from, below) {
    const rows = below === undefined ? unbounded.iterate(bucket, from) : bounded.iterate(bucket, from, below);
    for (const row of rows) {
      yield toStoredObject(bucket, named(row));
    }
  };
}

/** A row's columns by the names that they have in the statement, in its order. */
function named(row: unknown): Row {
  if (!Array.isArray(row)) {
    throw new TypeError('a row of a listing is no array');
  }
  const columns: readonly unknown[] = row;
  return {
    key: columns[0],
    content: columns[1],
    sequence: columns[2],
    versionId: columns[3],
    size: columns[4],
    etag: columns[5],
    crc64: columns[6],
    modified: columns[7],
    type: columns[8],
    contentType: columns[9],
    userMetadata: columns[10],
    headers: columns[11],
    attributes: columns[12],
  };
}

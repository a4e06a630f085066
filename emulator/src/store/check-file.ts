import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from './store-error.ts';

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';

/**
 * Looks at a store's file before SQLite may touch it: of a file that was cut off, SQLite would throw the write-ahead log
 * away with what it holds, or find out in the middle of the night.
 *
 * @throws {StoreError} when the file is damaged; file and log are as they were.
 */
export function checkFile(path: string): void {
  const size = sizeOf(path);
  if (size === 0) {
    if (sizeOf(`${path}-wal`) > 0) throw damaged(path, 'it is empty or missing, and its -wal file is not');
    return;
  }
  const header = readHeader(path);
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) throw damaged(path, 'it is no SQLite database');
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const pages = header.readUInt32BE(28);
  // After a crash, the rest may still be in the log only: SQLite itself must say.
  if (size >= pages * pageBytes || isWhole(path)) return;
  throw damaged(path, `${Math.floor(size / pageBytes)} of its ${pages} pages are left`);
}

function damaged(path: string, how: string): StoreError {
  return new StoreError(
    `The store ${path} is damaged: ${how}. Nothing was changed; restore a backup, or keep it and its -wal file for a rescue.`,
  );
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function readHeader(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    readSync(file, header, 0, HEADER_BYTES, 0);
    return header;
  } finally {
    closeSync(file);
  }
}

/** Read-only, so that closing does not fold the log into a file that lost its end. */
function isWhole(path: string): boolean {
  const connection = new DatabaseSync(path, { readOnly: true });
  try {
    return connection.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] === 'ok';
  } catch {
    return false;
  } finally {
    connection.close();
  }
}

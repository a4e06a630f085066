import { statSync } from 'node:fs';

/** Bytes of an SQLite file with its write-ahead log; 0 for what is not there. */
export function fileSize(path: string): number {
  return [path, `${path}-wal`].reduce(
    (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

import { ObjectStoreError } from '../object-store-error.ts';

const SQLITE_FULL = 13;

/** Codes of the file system, and of MinIO. */
const NO_ROOM = new Set<unknown>(['ENOSPC', 'EDQUOT', 'XMinioStorageFull']);

/** Turns "no room left" of the file system, of SQLite or of an S3 server into DiskFull; gives back anything else as it is. */
export function diskError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ObjectStoreError) {
    return error;
  }
  const code = 'code' in error ? error.code : undefined;
  const sqlite = 'errcode' in error ? error.errcode : undefined;
  if (NO_ROOM.has(code) || sqlite === SQLITE_FULL) {
    return new ObjectStoreError('DiskFull', 'No space is left on the disk of the object store.', {
      cause: error,
    });
  }
  return error;
}

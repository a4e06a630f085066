const REASONS = new Map<unknown, string>([
  ['EACCES', 'this user may not read and write it'],
  ['EPERM', 'this user may not read and write it'],
  ['EROFS', 'its file system is read-only'],
  ['ENOSPC', 'no space is left on its disk'],
  ['ENOTDIR', 'a part of its path is a file'],
  ['EEXIST', 'a file is in its place'],
  ['ECONNREFUSED', 'nothing listens there'],
]);
const SQLITE_BUSY = 5;

/** Why a store cannot be opened, for the person who wants to. */
export function whyNotOpen(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if ('errcode' in error && error.errcode === SQLITE_BUSY) {
    return 'another process has it open';
  }
  return ('code' in error ? REASONS.get(error.code) : undefined) ?? error.message;
}

import { lstat, statfs } from 'node:fs/promises';
import type { AttemptFolder } from './attempt-folder.ts';

/** With less than this left, a disk is full: programs that share it use up the last pages as they come free. */
const NO_ROOM_BYTES = 256 * 1024;

/**
 * True when the program ended and the disk had no room left even for its exit code: the sandbox made the file and could
 * not fill it. The end of a sandbox that somebody killed looks different: there is no file, or the disk has room.
 */
export async function lacksRoom(folder: AttemptFolder): Promise<boolean> {
  const stats = await lstat(folder.exitCode).catch(() => undefined);
  if (stats?.isFile() !== true || stats.size > 0) return false;
  const { bavail, bsize } = await statfs(folder.root);
  return bavail * bsize < NO_ROOM_BYTES;
}

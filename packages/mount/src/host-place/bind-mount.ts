import { mkdir, rmdir, unlink, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isMounted } from '../host/is-mounted.ts';
import { unmountAllBelow } from '../host/mount-table.ts';
import { runCommand } from '../host/run-command.ts';
import { CONTENT_NAME } from '../snapshot/snapshot.ts';

/**
 * Shows an open folder or file at `content` in the folder `place`, which is made; answers the path. It is the open one
 * that is shown, whatever has its path meanwhile. Can be repeated.
 */
export async function bindHandle(
  handle: FileHandle,
  place: string,
  { kind, writable }: { kind: 'folder' | 'file'; writable: boolean },
): Promise<string> {
  const path = await makeMountPoint(place, kind);
  if (await isMounted(path)) return path;
  await runCommand('mount', ['-i', '-c', '--bind', '--', '/proc/self/fd/3', path], handle.fd);
  // A bind mount takes no options of its own when it is made.
  if (!writable) await runCommand('mount', ['-i', '-c', '-o', 'remount,bind,ro', '--', path]);
  return path;
}

/**
 * Shows the mount at `path` a second time, in the folder `place`: where mounts are shared, only a mount that is finished
 * may appear, since what is changed of it later is not seen elsewhere.
 */
export async function bindAgain(path: string, place: string, kind: 'folder' | 'file'): Promise<string> {
  const again = await makeMountPoint(place, kind);
  if (!(await isMounted(again))) await runCommand('mount', ['-i', '-c', '--bind', '--', path, again]);
  return again;
}

/** Undoes whatever mount is at `place`, or in it, and removes the folder. Can be repeated. */
export async function clearPlace(place: string): Promise<void> {
  await unmountAllBelow(place);
  const content = join(place, CONTENT_NAME);
  await rmdir(content).catch(() => unlink(content).catch(() => undefined));
  await rmdir(place).catch(ignoreMissing);
}

async function makeMountPoint(place: string, kind: 'folder' | 'file'): Promise<string> {
  const path = join(place, CONTENT_NAME);
  await mkdir(kind === 'folder' ? path : place, { recursive: true });
  if (kind === 'file' && !(await isMounted(path))) await writeFile(path, '', { flag: 'a' });
  return path;
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

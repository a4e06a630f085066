import { constants } from 'node:fs';
import { type FileHandle, open, readlink } from 'node:fs/promises';
import type { LocalName } from '@rebatch/mount';
import { isBelow } from '../layout/destination.ts';
import { FileUnreadable } from './file-unreadable.ts';
import { type FileState, fileState } from './file-state.ts';

export interface OpenFile {
  handle: FileHandle;
  /** Bytes. */
  size: number;
  state: FileState;
}

/**
 * Opens what a program left, or is just writing, for reading: never through a link, never a pipe or device. Undefined when
 * it is not (any more) a regular file.
 * @throws FileUnreadable when it lies neither at nor below one of `roots` (see uploadRoots)
 */
export async function openRegularFile(
  path: LocalName,
  roots: readonly string[],
  isMounted: boolean,
): Promise<OpenFile | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (isNoFile(error)) return undefined;
    throw error;
  }
  try {
    const stats = await handle.stat({ bigint: true });
    if (stats.isFile()) {
      if (!(await liesBelow(handle, roots)))
        throw new FileUnreadable('it lies outside of the attempt’s folders');
      return { handle, size: Number(stats.size), state: fileState(stats, isMounted) };
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return undefined;
}

/** A running program may put a link in the place of a folder of the path at any moment; the kernel knows what was opened. */
async function liesBelow(handle: FileHandle, roots: readonly string[]): Promise<boolean> {
  const real = await readlink(`/proc/self/fd/${handle.fd}`);
  return roots.some((root) => real === root || isBelow(real, root));
}

function isNoFile(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(String(error.code))
  );
}

import { type FileHandle, readlink } from 'node:fs/promises';
import { MountError } from '../mount-error.ts';
import type { PlaceSpec } from '../mounter.ts';
import { openInside, pathOfHandle, PlaceError } from './open-inside.ts';

/** @throws MountError naming the URL */
export async function openPlace({ url, root, segments, kind, writable }: PlaceSpec): Promise<FileHandle> {
  try {
    return await openInside(root, segments, { kind, create: writable && kind === 'folder' });
  } catch (error) {
    if (!(error instanceof PlaceError)) throw error;
    throw new MountError(url, `${url} cannot be shown: ${error.message}`, { cause: error });
  }
}

/** The path of a place without links, for engines that show it by its path. @throws MountError */
export async function realPlace(place: PlaceSpec): Promise<string> {
  const handle = await openPlace(place);
  try {
    return await readlink(pathOfHandle(handle));
  } finally {
    await handle.close();
  }
}

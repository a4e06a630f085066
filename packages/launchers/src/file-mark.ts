import { stat } from 'node:fs/promises';

/**
 * Something that changes when the file is written again, to tell this run's picture from an older one. Undefined for no
 * file and for an empty one: a full disk leaves those (observed with Blender 3.4.1).
 */
export async function fileMark(path: string): Promise<string | undefined> {
  try {
    const { size, mtimeNs, ino, birthtimeNs } = await stat(path, { bigint: true });
    return size === 0n ? undefined : `${size} ${mtimeNs} ${ino} ${birthtimeNs}`;
  } catch {
    return undefined;
  }
}

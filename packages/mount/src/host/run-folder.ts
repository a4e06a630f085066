import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MountPaths } from './mount-paths.ts';

type RunPaths = Pick<MountPaths, 'run' | 'mounts' | 'shared' | 'fileSystem'>;

/** Folders for the mounts of attempts, those of running containers too, whether or not something is mounted there. */
export async function mountPointsIn({ mounts, shared }: RunPaths): Promise<string[]> {
  const folders = [mounts, ...(await childrenOf(shared))];
  return (await Promise.all(folders.map(childrenOf))).flat();
}

/**
 * Removes those folders outside of the data folder in which nothing is and on which nothing is mounted. Never looks into a
 * mount. Can be repeated.
 */
export async function removeEmptyFolders(paths: RunPaths): Promise<void> {
  const { run, mounts, shared, fileSystem } = paths;
  const inner = [...(await mountPointsIn(paths)), ...(await childrenOf(shared))];
  for (const folder of [...inner, mounts, shared, fileSystem, run])
    await rmdir(folder).catch(() => undefined);
}

async function childrenOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => join(folder, name));
}

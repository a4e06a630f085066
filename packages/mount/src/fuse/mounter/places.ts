import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { placesFolder } from '../../host/mount-paths.ts';

/** Remembers which places of file servers are shown, and for which target: one file each, named as the mount point. */
export async function notePlace(state: string, name: string, target: string): Promise<void> {
  await mkdir(placesFolder(state), { recursive: true, mode: 0o700 });
  await writeFile(join(placesFolder(state), name), target, { mode: 0o600 });
}

/** Can be repeated. */
export async function forgetPlace(state: string, name: string): Promise<void> {
  await rm(join(placesFolder(state), name), { force: true });
}

export async function notedPlaces(state: string): Promise<{ name: string; target: string }[]> {
  const names = await readdir(placesFolder(state)).catch(() => []);
  return Promise.all(
    names.map(async (name) => ({ name, target: await readFile(join(placesFolder(state), name), 'utf8') })),
  );
}

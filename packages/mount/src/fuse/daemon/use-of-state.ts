import { readdir } from 'node:fs/promises';
import { type MountPaths, placesFolder } from '../../host/mount-paths.ts';
import { referencesFolder, snapshotsFolder } from '../../snapshot/snapshot-folder.ts';

/** `gone`: somebody removed the data folder. `used`: some attempt has a mount, or a running container may get one. */
export async function useOfState({
  state: stateFolder,
  shared,
}: Pick<MountPaths, 'state' | 'shared'>): Promise<'gone' | 'used' | 'unused'> {
  const numbers = await readdir(snapshotsFolder(stateFolder)).catch(() => undefined);
  if (numbers === undefined) return 'gone';
  for (const folder of [shared, placesFolder(stateFolder)]) {
    if ((await readdir(folder).catch(() => [])).length > 0) return 'used';
  }
  for (const number of numbers) {
    const references = await readdir(referencesFolder(stateFolder, Number(number))).catch(() => []);
    if (references.length > 0) return 'used';
  }
  return 'unused';
}

import { readdir } from 'node:fs/promises';
import { referencesFolder, snapshotsFolder } from '../../snapshot/snapshot-folder.ts';

/** `gone`: somebody removed the data folder. `used`: some attempt has a mount. */
export async function useOfState(stateFolder: string): Promise<'gone' | 'used' | 'unused'> {
  const numbers = await readdir(snapshotsFolder(stateFolder)).catch(() => undefined);
  if (numbers === undefined) return 'gone';
  for (const number of numbers) {
    const references = await readdir(referencesFolder(stateFolder, Number(number))).catch(() => []);
    if (references.length > 0) return 'used';
  }
  return 'unused';
}

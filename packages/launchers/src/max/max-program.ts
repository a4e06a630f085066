import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError } from '../launch-error.ts';

const AUTODESK = 'C:\\Program Files\\Autodesk';

/**
 * The 3dsmaxcmd.exe to use: the one that REBATCH_3DSMAXCMD names, else that of the newest 3ds Max of this machine.
 * @throws LaunchError when there is none
 */
export async function findMaxProgram(env: NodeJS.ProcessEnv, autodesk: string = AUTODESK): Promise<string> {
  const named = env['REBATCH_3DSMAXCMD'];
  if (named !== undefined && named !== '') return named;
  let newest = { folder: '', program: '' };
  for (const folder of await readdir(autodesk).catch(() => [])) {
    const program = join(autodesk, folder, '3dsmaxcmd.exe');
    if (!/^3ds Max \d{4}$/i.test(folder) || folder < newest.folder) continue;
    if ((await stat(program).catch(() => undefined))?.isFile() === true) newest = { folder, program };
  }
  if (newest.program !== '') return newest.program;
  throw new LaunchError(
    1,
    `there is no 3ds Max in ${autodesk}; REBATCH_3DSMAXCMD names a 3dsmaxcmd.exe elsewhere`,
  );
}

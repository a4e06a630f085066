import { statSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';

const ENDINGS = process.platform === 'win32' ? ['', '.exe'] : [''];

/**
 * The file of a program, by its path or by its name on the PATH of this process; undefined when there is none. To be asked
 * before it is started: under Wine, Node never ends after a start that failed (observed with 22 on Wine 8.0).
 */
export function findProgram(name: string): string | undefined {
  const folders = basename(name) === name ? (process.env['PATH'] ?? '').split(delimiter) : [''];
  for (const folder of folders) {
    for (const ending of ENDINGS) {
      const path = join(folder, name + ending);
      if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return path;
    }
  }
  return undefined;
}

import { isAbsolute, resolve, sep } from 'node:path';
import { CliError } from '../cli-error.ts';

/**
 * Where an object's name leads below a local folder.
 * @throws CliError for a name such as `../../etc/passwd`, which leads out of it
 */
export function safeLocalPath(folder: string, relative: string): string {
  const root = resolve(folder);
  const path = resolve(root, relative);
  const inside = path.startsWith(root.endsWith(sep) ? root : root + sep);
  if (!inside || isAbsolute(relative) || relative.split(/[/\\]/).includes('..')) {
    throw new CliError(`the object name "${relative}" leads out of ${folder}: it is not downloaded`);
  }
  return path;
}

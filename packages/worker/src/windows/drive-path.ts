/** Folders of drive C that images have, as they spell them. Windows does not mind the case, their file system does. */
const FOLDERS_OF_C = ['Program Files', 'Program Files (x86)', 'ProgramData', 'users', 'windows'];

/** Nothing may be mapped onto these or below them, nor onto the whole of drive C. */
const SYSTEM = /^c(?:\/(?:windows|python310|program files\/rebatch)(?:\/|$)|\/?$)/i;

/**
 * Where a Windows path lies in the sandbox: a drive is a folder of /drives. Takes `D:`, `e:\`, `C:\tmp\x` and `c:/tmp/x`;
 * backslashes may be doubled, as clients that quote twice send them. Relative paths stay relative. A trailing `/` tells a
 * folder, as on Linux; a drive alone is one.
 *
 * @throws what `refuse` makes of the reason
 */
export function drivePath(path: string, refuse: (why: string) => Error): string {
  const slashed = path
    .replaceAll('\\', '/')
    .replace(/\/{2,}/g, '/')
    .replace(/\/\.(?=\/|$)/g, '');
  const [, letter, below = ''] = /^([A-Za-z]):(.*)$/s.exec(slashed) ?? [];
  if (/[<>:"|?*]/.test(letter === undefined ? slashed : below)) {
    throw refuse('has characters that Windows does not allow in names');
  }
  if (letter === undefined) {
    if (slashed.startsWith('/')) throw refuse('is no path with a drive, but the task runs on Windows');
    return slashed;
  }
  if (below !== '' && !below.startsWith('/')) throw refuse('has no \\ after its drive');
  const drive = letter.toLowerCase();
  if (SYSTEM.test(`${drive}${below}`)) throw refuse('belongs to the system; nothing can be mapped there');
  return `/drives/${drive}${drive === 'c' ? spelled(below) : below || '/'}`;
}

function spelled(below: string): string {
  const [, first = '', ...rest] = below.split('/');
  const known = FOLDERS_OF_C.find((name) => name.toLowerCase() === first.toLowerCase());
  return ['', known ?? first, ...rest].join('/');
}

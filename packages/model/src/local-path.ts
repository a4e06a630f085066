import { MAX_LOCAL_PATH } from './limits.ts';

const DRIVE = /^[a-zA-Z]:/;
const CONTROL = /\p{Cc}/u;

/**
 * A path inside the sandbox in its one form: runs of separators are one. 3ds Max scripts send `C:\\\\tmp\\\\` with
 * backslashes doubled once too often (spec/render.md §4).
 */
export function normalizeLocalPath(path: string): string {
  return DRIVE.test(path)
    ? path.replaceAll(/\\+/g, '\\').replaceAll(/\/+/g, '/')
    : path.replaceAll(/\/+/g, '/');
}

/** Why a normalised path cannot be used in a sandbox, as one sentence, or undefined when it can (spec §12). */
export function localPathProblem(path: string): string | undefined {
  if (path.length > MAX_LOCAL_PATH) return `Its length must be in [1, ${MAX_LOCAL_PATH}].`;
  if (CONTROL.test(path)) return 'It must not contain control characters.';
  if (path === '/') return 'It must not be the root folder.';
  const rest = DRIVE.test(path) ? path.slice(2) : path;
  const absolute = DRIVE.test(path) ? /^(?:$|[\\/])/.test(rest) : rest.startsWith('/');
  if (!absolute) return 'It must be an absolute path, as /home/data/ or D:\\data\\.';
  if (rest.split(/[\\/]/).some((part) => part === '..' || part === '.')) {
    return 'It must not contain "." or ".." as a folder.';
  }
  return undefined;
}

/** True for `/home/in/`, `C:\tmp\` and a bare drive such as `D:`, which stands for all of it (spec §12.1). */
export function isLocalFolder(path: string): boolean {
  return /[\\/]$/.test(path) || /^[a-zA-Z]:$/.test(path);
}

/** The same path as a folder: with its separator at the end. A bare drive stays as it is. */
export function asLocalFolder(path: string): string {
  if (isLocalFolder(path)) return path;
  return DRIVE.test(path) && path.includes('\\') ? `${path}\\` : `${path}/`;
}

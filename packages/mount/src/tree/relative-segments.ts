import { type Charset, encodeName } from '../names/charset.ts';

/** Longest name that Linux file systems take, in bytes. */
const LONGEST_NAME = 255;

/**
 * Splits the part of a key below the mounted prefix into path segments, or answers undefined when the key has no place
 * in a folder tree: empty, `.` and `..` segments, NUL, names too long. Such objects are hidden, as Mountpoint does it
 * (spec/oss.md §4.4), so that no key can lead out of the mount. A trailing `/` (a folder's placeholder) is dropped.
 */
export function relativeSegments(relativeKey: string, charset: Charset = 'utf-8'): string[] | undefined {
  const segments = relativeKey.split('/');
  if (segments.at(-1) === '') segments.pop();
  if (segments.length === 0) return undefined;
  return segments.every((segment) => isName(segment, charset)) ? segments : undefined;
}

function isName(segment: string, charset: Charset): boolean {
  if (segment === '' || segment === '.' || segment === '..' || segment.includes('\0')) return false;
  return encodeName(segment, charset).length <= LONGEST_NAME;
}

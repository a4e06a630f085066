import type { Charset } from '../names/charset.ts';
import { relativeSegments } from './relative-segments.ts';

/** A prefix seen as a folder: relative paths without leading or trailing `/`. */
export interface ObjectTree<T> {
  /** Parents come before their children. */
  folders: Set<string>;
  files: Map<string, T>;
}

/**
 * Arranges objects below `prefix` as folders and files (spec/oss.md §4.4): `key/` is a folder; where a folder and an
 * object have the same name the folder wins; objects whose key is no path are left out.
 */
export function objectTree<T extends { key: string }>(
  prefix: string,
  objects: Iterable<T>,
  charset: Charset = 'utf-8',
): ObjectTree<T> {
  const folders = new Set<string>();
  const files = new Map<string, T>();
  for (const info of objects) {
    const relativeKey = info.key.slice(prefix.length);
    const segments = relativeSegments(relativeKey, charset);
    if (segments === undefined) continue;
    const isPlaceholder = relativeKey.endsWith('/');
    const depth = isPlaceholder ? segments.length : segments.length - 1;
    addFolders(folders, segments, depth);
    if (!isPlaceholder) files.set(segments.join('/'), info);
  }
  for (const folder of folders) files.delete(folder);
  return { folders, files };
}

/** Adds the first `depth` segments and all their parents; looks from the inside, since siblings share parents. */
function addFolders(folders: Set<string>, segments: string[], depth: number): void {
  let known = depth;
  while (known > 0 && !folders.has(segments.slice(0, known).join('/'))) known -= 1;
  for (let length = known + 1; length <= depth; length += 1) folders.add(segments.slice(0, length).join('/'));
}

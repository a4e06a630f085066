import type { ObjectInfo } from '@rebatch/objects';
import { relativeSegments } from './relative-segments.ts';

/** A prefix seen as a folder: relative paths without leading or trailing `/`. */
export interface ObjectTree {
  /** Parents come before their children. */
  folders: Set<string>;
  files: Map<string, ObjectInfo>;
}

/**
 * Arranges objects below `prefix` as folders and files (spec/oss.md §4.4): `key/` is a folder; where a folder and an
 * object have the same name the folder wins; objects whose key is no path are left out.
 */
export function objectTree(prefix: string, objects: Iterable<ObjectInfo>): ObjectTree {
  const folders = new Set<string>();
  const files = new Map<string, ObjectInfo>();
  for (const info of objects) {
    const relativeKey = info.key.slice(prefix.length);
    const segments = relativeSegments(relativeKey);
    if (segments === undefined) continue;
    const isPlaceholder = relativeKey.endsWith('/');
    const depth = isPlaceholder ? segments.length : segments.length - 1;
    for (let length = 1; length <= depth; length += 1) folders.add(segments.slice(0, length).join('/'));
    if (!isPlaceholder) files.set(segments.join('/'), info);
  }
  for (const folder of folders) files.delete(folder);
  return { folders, files };
}

import { posix } from 'node:path';
import { slashed } from './slashed.ts';
import type { FolderMapping } from './task-facts.ts';

/** Where the object store has a local file or folder. A folder's key is empty or ends in `/`. */
export interface RemotePlace {
  readonly bucket: string;
  readonly key: string;
}

export interface MappedFolder {
  /** The mapped folder itself: local path, ending in `/`, and its place. */
  readonly path: string;
  readonly place: RemotePlace;
}

/** The mapping of a folder that `path` lies in, or is; of several, the innermost. */
export function mappedFolder(mappings: readonly FolderMapping[], path: string): MappedFolder | undefined {
  let found: MappedFolder | undefined;
  for (const mapping of mappings) {
    const folder = asFolder(posix.normalize(slashed(mapping.path)));
    const place = readUrl(mapping.url);
    if (place === undefined || !asFolder(slashed(path)).startsWith(folder)) continue;
    if (found === undefined || folder.length > found.path.length) found = { path: folder, place };
  }
  return found;
}

/** The place of a file in a mapped folder. */
export function placeIn({ path: folder, place }: MappedFolder, file: string): RemotePlace {
  return { bucket: place.bucket, key: place.key + posix.relative(folder, slashed(file)) };
}

/** A file that is mapped itself, or lies in a mapped folder. */
export function placeOf(mappings: readonly FolderMapping[], file: string): RemotePlace | undefined {
  const own = mappings.find(
    ({ path, url }) => posix.normalize(slashed(path)) === slashed(file) && !url.endsWith('/'),
  );
  if (own !== undefined) return splitUrl(own.url);
  const folder = mappedFolder(mappings, posix.dirname(slashed(file)));
  return folder && placeIn(folder, file);
}

/** Of a folder: one that ends in no `/` means the folder, too, as for the service. */
function readUrl(url: string): RemotePlace | undefined {
  const place = splitUrl(url);
  return place && { ...place, key: place.key === '' ? '' : asFolder(place.key) };
}

function splitUrl(url: string): RemotePlace | undefined {
  const match = /^oss:\/\/([^/]+)(?:\/(.*))?$/s.exec(url);
  return match?.[1] === undefined ? undefined : { bucket: match[1], key: match[2] ?? '' };
}

function asFolder(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

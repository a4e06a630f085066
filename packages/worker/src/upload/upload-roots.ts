import { realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { AttemptFolder } from '../attempt-folder.ts';
import { isBelow } from '../layout/destination.ts';
import type { Region } from '../layout/regions.ts';

/** Folders of this host, free of links, below which everything lies that an attempt may upload. */
export async function uploadRoots(folder: AttemptFolder, regions: readonly Region[]): Promise<string[]> {
  const roots = [await realpath(folder.root)];
  if (folder.shared !== folder.root) {
    // A cluster's machine has the last two steps in its own hands: links in their place are not followed.
    const given = dirname(dirname(folder.shared));
    roots.push(join(await realpath(given), relative(given, folder.shared)));
  }
  for (const { mounted, host, place } of regions) {
    const path = mounted?.path ?? (place === undefined ? undefined : host);
    if (path === undefined || isBelow(path, folder.shared)) continue;
    // A mount that is out of order fails when its files are read.
    roots.push(await realpath(path).catch(() => path));
  }
  return roots;
}

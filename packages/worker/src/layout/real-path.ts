import { lstat, readlink } from 'node:fs/promises';
import { posix } from 'node:path';
import { locate, type Region } from './regions.ts';

/** As many links as Linux follows. */
const MOST_LINKS = 40;

/**
 * Follows links the way the program saw them, inside the sandbox's tree and never on this host's: a link to /etc/shadow
 * means the sandbox's. Answers a path in which no part that lies in a region is a link, or undefined for a cycle.
 */
export async function realPath(regions: readonly Region[], path: string): Promise<string | undefined> {
  let links = 0;
  let real = '/';
  const rest = path.split('/').filter((segment) => segment !== '');
  for (let segment = rest.shift(); segment !== undefined; segment = rest.shift()) {
    const next = posix.join(real, segment);
    const link = segment === '..' ? undefined : await linkAt(regions, next);
    if (link === undefined) {
      real = next;
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) return undefined;
    if (link.startsWith('/')) real = '/';
    rest.unshift(...link.split('/').filter((part) => part !== '' && part !== '.'));
  }
  return real;
}

async function linkAt(regions: readonly Region[], path: string): Promise<string | undefined> {
  const place = locate(regions, path);
  if (place === undefined) return undefined;
  const stats = await lstat(place.host).catch(() => undefined);
  return stats?.isSymbolicLink() === true ? readlink(place.host) : undefined;
}

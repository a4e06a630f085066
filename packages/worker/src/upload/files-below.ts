import { type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { realPath } from '../layout/real-path.ts';
import { locate, type Region } from '../layout/regions.ts';

/** A file to upload: where it lies on this host, and its path below the mapped folder. */
export interface LocalFile {
  host: string;
  relative: string;
}

/**
 * Files below the sandbox folder `path`, which is free of links and lies on this host at `host`. Links to files are
 * followed as the program saw them; links to folders, pipes, sockets, and places where something else is mounted are
 * left out.
 */
export async function filesBelow(
  regions: readonly Region[],
  path: string,
  host: string,
): Promise<LocalFile[]> {
  const mountPoints = new Set(regions.map((region) => region.target));
  const found: LocalFile[] = [];
  const walk = async (relative: string): Promise<void> => {
    for (const entry of await readdir(join(host, relative), { withFileTypes: true })) {
      const inner = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (mountPoints.has(`${path}/${inner}`)) continue;
      if (entry.isDirectory()) await walk(inner);
      else {
        const file = await fileOf(entry, regions, `${path}/${inner}`, join(host, inner));
        if (file !== undefined) found.push({ host: file, relative: inner });
      }
    }
  };
  await walk('');
  return found;
}

async function fileOf(
  entry: Dirent,
  regions: readonly Region[],
  path: string,
  host: string,
): Promise<string | undefined> {
  if (entry.isFile()) return host;
  if (!entry.isSymbolicLink()) return undefined;
  const real = await realPath(regions, path);
  const target = real === undefined ? undefined : locate(regions, real)?.host;
  if (target === undefined) return undefined;
  const stats = await stat(target).catch(() => undefined);
  return stats?.isFile() === true ? target : undefined;
}

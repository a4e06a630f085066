import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { type Charset, decodeName, type LocalName } from '@rebatch/mount';
import { realPath } from '../layout/real-path.ts';
import { locate, type Region } from '../layout/regions.ts';

/** A file to upload: where it lies on this host, and its path below the mapped folder as objects are named. */
export interface LocalFile {
  host: LocalName;
  relative: string;
}

/**
 * Files below the sandbox folder `path`, which is free of links and lies on this host at `host`. Links to files are
 * followed as the program saw them; links to folders, pipes, sockets, devices, and places where something else is mounted
 * are left out.
 */
export async function filesBelow(
  regions: readonly Region[],
  path: string,
  host: string,
  charset: Charset,
): Promise<LocalFile[]> {
  const mountPoints = new Set(regions.map((region) => region.target));
  const found: LocalFile[] = [];
  const walk = async (folder: LocalName, relative: string): Promise<void> => {
    for (const entry of await entriesOf(folder)) {
      const name = decodeName(entry.name, charset);
      const inner = relative === '' ? name : `${relative}/${name}`;
      if (mountPoints.has(`${path}/${inner}`)) continue;
      const place = join(folder, entry.name);
      if (entry.isDirectory()) await walk(place, inner);
      else {
        const file = await fileOf(entry, regions, `${path}/${inner}`, place);
        if (file !== undefined) found.push({ host: file, relative: inner });
      }
    }
  };
  await walk(host, '');
  return found;
}

/** None of a folder that is gone: a running program may remove it at any moment. */
async function entriesOf(folder: LocalName): Promise<Dirent<Buffer>[]> {
  try {
    return await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return [];
    throw error;
  }
}

function join(folder: LocalName, name: Buffer): LocalName {
  if (typeof folder === 'string' && isUtf8(name)) return `${folder}/${name.toString()}`;
  return Buffer.concat([Buffer.from(folder), Buffer.from('/'), name]);
}

async function fileOf(
  entry: Dirent<Buffer>,
  regions: readonly Region[],
  path: string,
  host: LocalName,
): Promise<LocalName | undefined> {
  if (entry.isFile()) return host;
  if (!entry.isSymbolicLink()) return undefined;
  const real = await realPath(regions, path);
  const target = real === undefined ? undefined : locate(regions, real)?.host;
  if (target === undefined) return undefined;
  const stats = await stat(target).catch(() => undefined);
  return stats?.isFile() === true ? target : undefined;
}

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface LocalFile {
  path: string;
  /** Below the folder that was asked for, with `/` between folders. */
  relative: string;
  /** Bytes. */
  size: number;
}

/**
 * Every file below a folder, by name. Links to files are followed, links to folders are not: they can go in circles.
 * Sockets, devices and the like are left out.
 */
export async function localFiles(folder: string): Promise<LocalFile[]> {
  const found: LocalFile[] = [];
  await collect(folder, '', found);
  return found.toSorted((a, b) => (a.relative < b.relative ? -1 : 1));
}

async function collect(folder: string, below: string, found: LocalFile[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const relative = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) await collect(path, relative, found);
    else if (entry.isFile() || entry.isSymbolicLink()) {
      const target = await stat(path);
      if (target.isFile()) found.push({ path, relative, size: target.size });
    }
  }
}

import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatBytes } from '../terminal/format-bytes.ts';
import type { CheckContext, Finding } from './check.ts';

const GIB = 1024 ** 3;
const NEEDED = 5 * GIB;

/** The data folder, or where it will be made, and the room there. */
export async function checkStorage({ dataFolder }: CheckContext): Promise<Finding[]> {
  const found: Finding[] = [];
  const place = await nearestFolder(dataFolder);
  const what = 'data folder';
  if (!(await isWritable(place))) {
    const detail = `${place} cannot be written`;
    const fix = 'choose another one with --data DIR or $REBATCH_DATA';
    return [{ what, status: 'missing', detail, fix }];
  }
  const detail = place === dataFolder ? dataFolder : `${dataFolder} (made at the first start)`;
  found.push({ what, status: 'ok', detail });
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const room = `${formatBytes(free)} free at ${place}`;
  if (free >= NEEDED) found.push({ what: 'disk', status: 'ok', detail: room });
  else {
    const fix = `free at least ${formatBytes(NEEDED)}, for example with: docker system prune`;
    found.push({ what: 'disk', status: 'missing', detail: room, fix });
  }
  return found;
}

/** The folder itself, or the first one above it that exists. */
async function nearestFolder(path: string): Promise<string> {
  try {
    await stat(path);
    return path;
  } catch {
    const parent = dirname(path);
    return parent === path ? path : nearestFolder(parent);
  }
}

async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

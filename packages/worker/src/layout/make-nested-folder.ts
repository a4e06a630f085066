import { mkdir } from 'node:fs/promises';
import { openInside, PlaceError } from '@rebatch/mount';
import { AttemptFailure } from '../attempt-failure.ts';
import { locate, type Region } from './regions.ts';

/**
 * Makes the output folder `path`, which lies inside a mount or another folder. On a file server never through a link that
 * leads out: others can have put it there.
 * @throws AttemptFailure InvalidOutputMapping
 */
export async function makeNestedFolder(regions: readonly Region[], path: string): Promise<void> {
  const found = locate(regions, path);
  if (found === undefined) return;
  const { region, host, relative } = found;
  if (region.place === undefined) {
    await mkdir(host, { recursive: true });
    return;
  }
  try {
    const segments = relative === '' ? [] : relative.split('/');
    const handle = await openInside(region.host, segments, { kind: 'folder', create: true });
    await handle.close();
  } catch (error) {
    if (!(error instanceof PlaceError)) throw error;
    const message = `Specified parameter OutputMapping is not valid. ${path}: ${error.message}.`;
    throw new AttemptFailure('InvalidOutputMapping', message, { cause: error });
  }
}

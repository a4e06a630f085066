import { rm } from 'node:fs/promises';
import type { OssClient } from '@rebatch/client';
import { parseOssUrl } from '@rebatch/model';
import type { Io } from '../io.ts';
import type { Options } from '../options/options.ts';
import { printable } from '../terminal/printable.ts';
import { isOssUrl } from './is-oss-url.ts';
import { localFiles } from './local-files.ts';
import { nameFilter } from './name-filter.ts';
import { removeBelow } from './remove-below.ts';
import { tellDoomed } from './tell-doomed.ts';

/** Deletes from `place` (a folder or an oss:// prefix) what is not among `names`; `--dry-run` only names it. */
export async function removeExtra(
  oss: OssClient,
  place: string,
  names: ReadonlySet<string>,
  options: Options,
  io: Io,
): Promise<void> {
  const wanted = nameFilter(options);
  const isExtra = (name: string) => !names.has(name) && wanted(name);
  const dryRun = options.flag('dry-run');
  const removed = isOssUrl(place)
    ? await removeObjects(oss, place, isExtra, dryRun, io)
    : await removeFiles(place, isExtra, dryRun, io);
  if (!dryRun) await io.out(`${removed} deleted\n`);
}

async function removeObjects(
  oss: OssClient,
  place: string,
  isExtra: (name: string) => boolean,
  dryRun: boolean,
  io: Io,
): Promise<number> {
  const { bucket, key } = parseOssUrl(place);
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
  return removeBelow(oss, bucket, prefix, {
    signal: io.interrupted,
    // A key that ends in "/" only marks a folder.
    wanted: (name) => name !== '' && !name.endsWith('/') && isExtra(name),
    onlyTell: dryRun ? tellDoomed(bucket, io) : undefined,
  });
}

async function removeFiles(
  folder: string,
  isExtra: (name: string) => boolean,
  dryRun: boolean,
  io: Io,
): Promise<number> {
  let removed = 0;
  for (const { path, relative } of await localFiles(folder)) {
    if (!isExtra(relative)) continue;
    if (dryRun) await io.out(`would delete ${printable(path)}\n`);
    else {
      await rm(path);
      removed += 1;
    }
  }
  return removed;
}

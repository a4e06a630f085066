import { createReadStream } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore } from '@rebatch/objects';
import { runOk } from '../../support/run.ts';
import { timed } from '../report.ts';

export const LARGE_BYTES = 512 * 1024 * 1024;
const SMALL_FILES = 1000;
const SMALL_BYTES = 4096;

/** One way to have files; `open` gives them in a mount of its own, which knows nothing of earlier ones. */
export interface Side {
  open(): Promise<Opened>;
}

interface Opened {
  path: string;
  /** Shows the same files a second time. `isNew`: the listing changed since. Absent: at the same path. */
  mount?(isNew: boolean): Promise<string>;
  close(): Promise<void>;
}

/** Milliseconds. */
export type Reading =
  | 'mount'
  | 'again'
  | 'large'
  | 'largeAgain'
  | 'largeElsewhere'
  | 'largeFromDisk'
  | 'small'
  | 'smallAgain'
  | 'smallElsewhere';

/** The content that every side has. */
export async function writeFolder(folder: string): Promise<void> {
  await mkdir(join(folder, 'small'), { recursive: true });
  await writeFile(join(folder, 'large'), Buffer.alloc(LARGE_BYTES, 'rebatch'));
  for (let index = 0; index < SMALL_FILES; index += 1) {
    await writeFile(join(folder, 'small', String(index)), Buffer.alloc(SMALL_BYTES, index));
  }
}

/** Names below the folder, as objects have them. */
export async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

export async function objectsFrom(folder: string, objects: ObjectStore, bucket: string): Promise<void> {
  await objects.createBucket(bucket, '1');
  for (const name of await namesIn(folder)) {
    await objects.put(bucket, `in/${name}`, createReadStream(join(folder, name), { highWaterMark: 1 << 20 }));
  }
}

/** Reads everything through fresh mounts; readings follow each other so that each finds what those before it left. */
export async function readRound(side: Side): Promise<Record<Reading, number>> {
  const opened = await side.open();
  const path = { mine: opened.path, other: opened.path };
  try {
    const mount = await timed(async () => {
      path.mine = (await opened.mount?.(true)) ?? path.mine;
    });
    const again = await timed(() => opened.mount?.(false) ?? Promise.resolve());
    const large = await timed(() => readLarge(path.mine));
    const largeAgain = await timed(() => readLarge(path.mine));
    const small = await timed(() => readSmall(path.mine));
    const smallAgain = await timed(() => readSmall(path.mine));
    path.other = (await opened.mount?.(true)) ?? path.other;
    const largeElsewhere = await timed(() => readLarge(path.other));
    // A folder has no other cache than the kernel's.
    if (opened.mount !== undefined) await forgetLarge(path.other);
    const largeFromDisk = await timed(() => readLarge(path.other));
    const smallElsewhere = await timed(() => readSmall(path.other));
    const larges = { large, largeAgain, largeElsewhere, largeFromDisk };
    return { mount, again, ...larges, small, smallAgain, smallElsewhere };
  } finally {
    await opened.close();
  }
}

function readLarge(folder: string): Promise<string> {
  return runOk('dd', [`if=${join(folder, 'large')}`, 'of=/dev/null', 'bs=1M']);
}

/** Has the kernel drop what it has of the file; whoever else has it cached keeps it. */
function forgetLarge(folder: string): Promise<string> {
  return runOk('dd', [`if=${join(folder, 'large')}`, 'of=/dev/null', 'iflag=nocache', 'count=0']);
}

/** By name, one after the other, in one process that is no part of what is measured. */
function readSmall(folder: string): Promise<string> {
  return runOk('sh', ['-c', 'cat -- "$0"/small/* >/dev/null', folder]);
}

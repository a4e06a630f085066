import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { type HostMounter, openHostMounter } from '@rebatch/mount';
import { type ObjectStore, openFileStore } from '@rebatch/objects';
import { runOk } from '../../support/run.ts';
import { type BenchRow, median, timed } from '../report.ts';

const ROUNDS = 5;
const LARGE = 512 * 1024 * 1024;
const SMALL_FILES = 1000;
const SMALL = 4096;
const GB = 1e9;

type Reading = 'mount' | 'first' | 'cached' | 'kernel' | 'local' | 'small' | 'smallLocal';

/** Reading inputs through a mount beside reading them from a folder of the same disk. */
export async function benchMounts(): Promise<BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), 'rebatch-bench-mounts-'));
  const objects = await openFileStore({ dir: join(root, 'objects'), clock: systemClock });
  const mounter = await openHostMounter({
    objects,
    clock: systemClock,
    dataFolder: root,
    mode: 'fuse',
    warn: (message) => console.error(message),
  });
  try {
    return await readingInputs(root, objects, mounter);
  } finally {
    await mounter.close();
    await objects.close();
    await rm(root, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function readingInputs(root: string, objects: ObjectStore, mounter: HostMounter): Promise<BenchRow[]> {
  const folder = join(root, 'folder');
  await fill(folder, objects);
  const times: Record<Reading, number[]> = {
    mount: [],
    first: [],
    cached: [],
    kernel: [],
    local: [],
    small: [],
    smallLocal: [],
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    // Another listing each round: nothing of the files is in the kernel, all of it in the cache of blocks.
    await objects.put('bench', `in/round-${round}`, piece(Buffer.from('x')));
    const target = join(root, `mount-${round}`);
    const spec = { bucket: 'bench', key: 'in/', kind: 'folder', target } as const;
    let path = '';
    times.mount.push(
      await timed(async () => {
        path = (await mounter.mount(spec)).path;
      }),
    );
    times[round === 0 ? 'first' : 'cached'].push(await timed(() => readLarge(path)));
    times.kernel.push(await timed(() => readLarge(path)));
    times.local.push(await timed(() => readLarge(folder)));
    times.small.push(await timed(() => readSmall(path)));
    times.smallLocal.push(await timed(() => readSmall(folder)));
    await mounter.release(target);
  }
  return [
    { id: 'mount a prefix of 1,002 objects', value: median(times.mount), unit: 'ms' },
    beside('512 MiB, first read on the host', rate(times.first), 'GB/s', rate(times.local)),
    beside('512 MiB, cached blocks', rate(times.cached), 'GB/s', rate(times.local)),
    beside('512 MiB, again in the same mount', rate(times.kernel), 'GB/s', rate(times.local)),
    beside('1,000 files of 4 KiB', median(times.small), 'ms', median(times.smallLocal)),
  ];
}

function beside(id: string, value: number, unit: string, peerValue: number): BenchRow {
  return { id, value, unit, peer: 'local folder', peerValue, ratio: value / peerValue };
}

/** Of reading the large file, by the milliseconds that it took. */
function rate(values: number[]): number {
  return LARGE / GB / (median(values) / 1000);
}

/** The same content as files and as objects. */
async function fill(folder: string, objects: ObjectStore): Promise<void> {
  await mkdir(join(folder, 'small'), { recursive: true });
  await objects.createBucket('bench', '1');
  const put = async (name: string, bytes: Buffer): Promise<void> => {
    await writeFile(join(folder, name), bytes);
    await objects.put('bench', `in/${name}`, piece(bytes));
  };
  await put('large', Buffer.alloc(LARGE, 'rebatch'));
  for (let index = 0; index < SMALL_FILES; index += 1)
    await put(`small/${index}`, Buffer.alloc(SMALL, index));
}

function readLarge(folder: string): Promise<string> {
  return runOk('dd', [`if=${join(folder, 'large')}`, 'of=/dev/null', 'bs=1M']);
}

/** By name, one after the other, in one process that is no part of what is measured. */
function readSmall(folder: string): Promise<string> {
  return runOk('sh', ['-c', 'cat -- "$0"/small/* >/dev/null', folder]);
}

async function* piece(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

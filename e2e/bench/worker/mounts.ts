import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { openFileStore, openS3Store } from '@rebatch/objects';
import { startMinio } from '../../support/minio.ts';
import { type BenchRow, median } from '../report.ts';
import {
  LARGE_BYTES,
  objectsFrom,
  readRound,
  type Reading,
  type Side,
  writeFolder,
} from './mount-reading.ts';
import { fuseSide } from './fuse-side.ts';
import { s3fsSide } from './s3fs-side.ts';

const ROUNDS = 3;
const BUCKET = 'bench';
const GB = 1e9;

/** Reading inputs through mounts beside a folder of the same disk, and beside s3fs on the same S3 server. */
export async function benchMounts(): Promise<BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), 'rebatch-bench-mounts-'));
  const minio = await startMinio();
  const { endpoint, accessKey, secretKey } = minio;
  const files = await openFileStore({ dir: join(root, 'files'), clock: systemClock });
  const s3 = await openS3Store({
    endpoint,
    accessKey,
    secretKey,
    bucket: 'rebatch',
    dir: join(root, 's3'),
    clock: systemClock,
  });
  try {
    const folder = join(root, 'folder');
    await writeFolder(folder);
    for (const store of [files, s3]) await objectsFrom(folder, store, BUCKET);
    const sides = {
      local: { open: () => Promise.resolve({ path: folder, close: () => Promise.resolve() }) },
      files: fuseSide(files, BUCKET, root),
      s3: fuseSide(s3, BUCKET, root),
      s3fs: await s3fsSide(minio, folder, root),
    } satisfies Record<string, Side>;
    const times: Times = { local: [], files: [], s3: [], s3fs: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of SIDES) times[name].push(await readRound(sides[name]));
    }
    return rowsOf(times);
  } finally {
    await s3.close();
    await files.close();
    await minio.stop();
    await rm(root, { recursive: true, force: true, maxRetries: 10 });
  }
}

const SIDES = ['local', 'files', 's3', 's3fs'] as const;
type Times = Record<(typeof SIDES)[number], Record<Reading, number>[]>;

function rowsOf(times: Times): BenchRow[] {
  const ms = (side: keyof Times, reading: Reading): number =>
    median(times[side].map((round) => round[reading]));
  const rate = (side: keyof Times, reading: Reading): number => LARGE_BYTES / GB / (ms(side, reading) / 1000);
  const rows: BenchRow[] = [];
  for (const [side, what, peer, peerName] of [
    ['files', 'file back end', 'local', 'local folder'],
    ['s3', 'S3 back end', 's3fs', 's3fs'],
  ] as const) {
    rows.push(
      { id: `${what}: mount 1,002 objects, a new listing`, value: ms(side, 'mount'), unit: 'ms' },
      { id: `${what}: mount them again`, value: ms(side, 'again'), unit: 'ms' },
    );
    for (const [id, large, small] of [
      ['first read', 'large', 'small'],
      ['again in the same mount', 'largeAgain', 'smallAgain'],
      ['in another mount', 'largeElsewhere', 'smallElsewhere'],
    ] as const) {
      rows.push(
        beside(`${what}: 512 MiB, ${id}`, 'GB/s', peerName, rate(side, large), rate(peer, large)),
        beside(`${what}: 1,000 x 4 KiB, ${id}`, 'ms', peerName, ms(side, small), ms(peer, small)),
      );
    }
    const fromDisk = [rate(side, 'largeFromDisk'), rate(peer, 'largeFromDisk')] as const;
    rows.push(beside(`${what}: 512 MiB, from what the disk caches`, 'GB/s', peerName, ...fromDisk));
  }
  return rows;
}

function beside(id: string, unit: string, peer: string, value: number, peerValue: number): BenchRow {
  return { id, value, unit, peer, peerValue, ratio: value / peerValue };
}

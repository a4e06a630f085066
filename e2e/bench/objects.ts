import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eachInParallel } from '@rebatch/client';
import { systemClock } from '@rebatch/model';
import { openFileStore } from '@rebatch/objects';
import { chunks, type Peer } from './objects/peer.ts';
import { type Ask, BENCH_BUCKET, startBare, startMinioPeer, startRebatch } from './objects/stores.ts';
import { runOk } from '../support/run.ts';
import { type BenchRow, median, timed } from './report.ts';

const ROUNDS = 3;
const LARGE = 1 << 30;
const SMALL = 4096;
const SMALL_OBJECTS = 4000;
const CONNECTIONS = 16;
const KEYS = 1_000_000;
const LOG_LINES = 2000;
const MIB = 1 << 20;

/** The store beside MinIO and beside a bare file server: large, small and very many objects, and growing logs. */
export async function benchObjects(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-bench-objects-'));
  try {
    return [...(await besidePeers(folder)), ...(await manyKeys(join(folder, 'many')))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function besidePeers(folder: string): Promise<BenchRow[]> {
  await using started = new AsyncDisposableStack();
  const keep = <T extends { stop: () => Promise<void> }>(store: T): T =>
    started.adopt(store, ({ stop }) => stop());
  const rebatch = keep(await startRebatch(join(folder, 'rebatch')));
  const bare = keep(await startBare(join(folder, 'bare')));
  const minio = keep(await startMinioPeer(join(folder, 'minio')));
  const peers = [rebatch.peer, bare.peer, minio.peer];
  const rates = new Map<string, number[]>();
  const note = (id: string, peer: Peer, rate: number): void => {
    const name = `${id}|${peer.name}`;
    rates.set(name, [...(rates.get(name) ?? []), rate]);
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const peer of peers) {
      console.error(`round ${round + 1} of ${ROUNDS}: ${peer.name}`);
      // What a peer leaves unwritten must not be paid for by the next one.
      await runOk('sync', []);
      note('PUT 1 GiB', peer, LARGE / MIB / seconds(await timed(() => peer.put('large', LARGE))));
      note('GET 1 GiB', peer, LARGE / MIB / seconds(await timed(() => peer.get('large', LARGE))));
      const keys = Array.from({ length: SMALL_OBJECTS }, (_, n) => `small-${round}-${n}`);
      const puts = await timed(() => eachInParallel(keys, CONNECTIONS, (key) => peer.put(key, SMALL)));
      note('PUT 4 KiB', peer, SMALL_OBJECTS / seconds(puts));
      const gets = await timed(() => eachInParallel(keys, CONNECTIONS, (key) => peer.get(key, SMALL)));
      note('GET 4 KiB', peer, SMALL_OBJECTS / seconds(gets));
    }
  }
  const rows = ['PUT 1 GiB', 'GET 1 GiB', 'PUT 4 KiB', 'GET 4 KiB'].flatMap((id) =>
    [bare.peer, minio.peer].map((peer) =>
      row(id, rates.get(`${id}|rebatch`) ?? [], peer, rates.get(`${id}|${peer.name}`) ?? []),
    ),
  );
  return [...rows, await logLines(rebatch.ask)];
}

function row(id: string, own: number[], peer: Peer, theirs: number[]): BenchRow {
  return {
    id,
    value: median(own),
    unit: id.includes('GiB') ? 'MiB/s' : '1/s',
    peer: peer.name,
    peerValue: median(theirs),
    ratio: median(own.map((rate, round) => rate / (theirs[round] ?? Number.NaN))),
  };
}

/** Appends one after the other, as the log pump of a program that writes a line now and then. */
async function logLines(ask: Ask): Promise<BenchRow> {
  const line = `${'a line of a log '.repeat(6)}\n`;
  const ms = await timed(async () => {
    for (let n = 0; n < LOG_LINES; n++) {
      await ask(
        'POST',
        'log',
        [
          ['append', ''],
          ['position', String(n * line.length)],
        ],
        line,
      );
    }
  });
  return { id: 'append one log line', value: ms / LOG_LINES, unit: 'ms' };
}

/** A bucket of a million keys: how long a page of 1,000 takes at any place in it. */
async function manyKeys(folder: string): Promise<BenchRow[]> {
  await mkdir(folder, { recursive: true });
  const store = await openFileStore({ dir: join(folder, 'objects'), clock: systemClock });
  await store.createBucket(BENCH_BUCKET, '1000001');
  await eachInParallel(numbers(KEYS), 500, async (n) => {
    await store.put(BENCH_BUCKET, keyOf(n), oneChunk());
  });
  await store.close();
  const rebatch = await startRebatch(folder);
  try {
    const times: number[] = [];
    for (let n = 0; n < 300; n++) {
      const marker = keyOf(Math.floor(((n * 7919) % 300) * (KEYS / 300)));
      times.push(
        await timed(() =>
          rebatch.ask('GET', undefined, [
            ['marker', marker],
            ['max-keys', '1000'],
          ]),
        ),
      );
    }
    times.sort((a, b) => a - b);
    return [
      { id: 'page of 1,000 of 1,000,000 keys, p50', value: times[150] ?? Number.NaN, unit: 'ms' },
      { id: 'page of 1,000 of 1,000,000 keys, p95', value: times[285] ?? Number.NaN, unit: 'ms' },
    ];
  } finally {
    await rebatch.stop();
  }
}

function* numbers(count: number): Generator<number> {
  for (let n = 0; n < count; n++) yield n;
}

function keyOf(n: number): string {
  return `shots/${String(Math.floor(n / 1000)).padStart(4, '0')}/${String(n % 1000).padStart(4, '0')}.png`;
}

async function* oneChunk(): AsyncGenerator<Buffer> {
  yield* chunks(64);
}

function seconds(ms: number): number {
  return ms / 1000;
}

import { randomBytes } from 'node:crypto';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultRetryPolicy } from '../http/retry.ts';
import { testServer } from '../testing/test-server.ts';
import { downloadFile } from './download-file.ts';
import type { ObjectDownloader } from './download-types.ts';
import type { WantedRange } from './types.ts';

const PIECE = 100_000;
const SIZE = 1_050_000;
const SOURCE = { bucket: 'demo', key: 'big' };

/** A store with an object of eleven pieces, and a reader that notes what is asked for. */
async function bigObject() {
  const { objects, folder } = await testServer();
  await objects.makeBucket('demo');
  const content = randomBytes(SIZE);
  await objects.put('demo', 'big', content);
  const asked: (WantedRange | undefined)[] = [];
  const before = { piece: async (_start: number): Promise<void> => {} };
  const reader: ObjectDownloader = {
    head: async (...args) => objects.head(...args),
    get: async (bucket, key, range, options) => {
      asked.push(range);
      await before.piece(range?.start ?? 0);
      return objects.get(bucket, key, range, options);
    },
  };
  const path = join(folder, 'out', 'big.bin');
  const download = async (options: { signal?: AbortSignal; onBytes?: (bytes: number) => void } = {}) =>
    downloadFile(reader, { ...defaultRetryPolicy, pause: async () => Promise.resolve() }, SOURCE, path, {
      size: SIZE,
      pieceSize: PIECE,
      ...options,
    });
  /** Breaks off after some pieces. */
  const broken = async () => {
    const stop = new AbortController();
    let seen = 0;
    const onBytes = (bytes: number) => {
      seen += bytes;
      if (seen >= 4 * PIECE) stop.abort();
    };
    await expect(download({ signal: stop.signal, onBytes })).rejects.toThrow(/aborted/);
    const [partial = ''] = await readdir(join(folder, 'out'));
    return join(folder, 'out', partial);
  };
  return { objects, content, path, out: join(folder, 'out'), asked, download, broken, before };
}

test('brings a large object in pieces and leaves nothing else behind', async () => {
  const { content, path, out, asked, download } = await bigObject();
  let told = 0;
  await download({ onBytes: (bytes) => (told += bytes) });
  expect((await readFile(path)).equals(content)).toBe(true);
  expect(await readdir(out)).toEqual(['big.bin']);
  expect([told, asked.length]).toEqual([SIZE, 11]);
});

test('goes on where an earlier try broke off', async () => {
  const { content, path, out, asked, download, broken } = await bigObject();
  await broken();
  const before = asked.length;
  let told = 0;
  await download({ onBytes: (bytes) => (told += bytes) });
  expect((await readFile(path)).equals(content)).toBe(true);
  expect(await readdir(out)).toEqual(['big.bin']);
  expect(told).toBe(SIZE);
  expect(asked.slice(before).map((range) => range?.start)).not.toContain(0);
});

test('goes on in the middle of a piece, as a killed program leaves it', async () => {
  const { content, path, download, broken } = await bigObject();
  await truncate(await broken(), 123_456);
  await download();
  expect((await readFile(path)).equals(content)).toBe(true);
});

test('begins anew when what an earlier try left is not the beginning of the object', async () => {
  const { content, path, out, download, broken } = await bigObject();
  await writeFile(await broken(), Buffer.alloc(2 * PIECE));
  let told = 0;
  await download({ onBytes: (bytes) => (told += bytes) });
  expect((await readFile(path)).equals(content)).toBe(true);
  expect(await readdir(out)).toEqual(['big.bin']);
  expect(told).toBe(SIZE);
});

test('does not go on with the beginning of an object that was replaced meanwhile', async () => {
  const { objects, path, out, download, broken } = await bigObject();
  await broken();
  const other = randomBytes(SIZE);
  await objects.put('demo', 'big', other);
  await download();
  expect((await readFile(path)).equals(other)).toBe(true);
  expect(await readdir(out)).toEqual(['big.bin']);
});

test('says so when the object is replaced in the middle, and keeps nothing', async () => {
  const { objects, out, download, before } = await bigObject();
  before.piece = async (start) => {
    if (start === 5 * PIECE) await objects.put('demo', 'big', randomBytes(SIZE));
  };
  await expect(download()).rejects.toThrow('oss://demo/big was replaced while it was being downloaded');
  expect(await readdir(out)).toEqual([]);
});

test('gives the room back when there is no going on, and keeps it when the line breaks', async () => {
  const { out, download, before } = await bigObject();
  before.piece = async (start) => {
    if (start === 5 * PIECE) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    return Promise.resolve();
  };
  await expect(download()).rejects.toThrow('no space left');
  expect(await readdir(out)).toEqual([]);
  before.piece = async (start) => {
    if (start >= 5 * PIECE) throw Object.assign(new Error('the line broke'), { code: 'ECONNRESET' });
    return Promise.resolve();
  };
  await expect(download()).rejects.toThrow('the line broke');
  expect(await readdir(out)).toEqual([expect.stringMatching(/^big\.bin\..*\.rebatch-part$/)]);
});

test('lets two downloads to the same place both end well', async () => {
  const { content, path, out, download } = await bigObject();
  await Promise.all([download(), download(), download()]);
  expect((await readFile(path)).equals(content)).toBe(true);
  expect(await readdir(out)).toEqual(['big.bin']);
});

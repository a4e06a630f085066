import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES, type Content } from './block.ts';
import { BlockCache } from './block-cache.ts';
import { BlockReader } from './block-reader.ts';
import { type BlockSource, StaleContentError } from './block-source.ts';
import { type FilePiece, fileIdentity } from './file-piece.ts';
import { ReadAhead } from './read-ahead.ts';
import type { Place } from './small-contents.ts';

/** A source of bytes that follow from their position, which remembers what it was asked for. */
class CountingSource implements BlockSource {
  readonly asked: number[] = [];
  async fetch(_content: Content, start: number, length: number): Promise<Buffer> {
    this.asked.push(start / BLOCK_BYTES);
    return bytesAt(start, length);
  }
  /** Contents that were asked for together. */
  readonly batches: string[][] = [];
  async fetchSmall(contents: readonly Content[]): Promise<(Buffer | undefined)[]> {
    this.batches.push(contents.map((content) => content.key));
    return contents.map(({ key, size }) => (key === 'gone' ? undefined : bytesAt(0, size)));
  }
  /** Files of this host by key. */
  readonly files = new Map<string, FilePiece[]>();
  readonly located: string[] = [];
  async locate({ key }: Content): Promise<FilePiece[] | undefined> {
    this.located.push(key);
    return this.files.get(key);
  }
}

function bytesAt(start: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1)
    bytes[at] = ((start + at) * 31 + Math.floor((start + at) / 257)) & 0xff;
  return bytes;
}

const large: Content = { bucket: 'films', key: 'large', etag: 'E', size: 3 * BLOCK_BYTES + 100 };

async function world(mostBytes = 1e9) {
  const folder = await mkdtemp(join(tmpdir(), 'rebatch-blocks-'));
  const cache = await BlockCache.open(folder, mostBytes);
  const source = new CountingSource();
  const warnings: string[] = [];
  const reader = new BlockReader(cache, source, (message) => warnings.push(message));
  return {
    folder,
    cache,
    source,
    warnings,
    reader,
    async read(content: Content, offset: number, size: number): Promise<Buffer> {
      const result = await reader.read(content, offset, size);
      const bytes = Buffer.concat(result.pieces);
      result.done();
      return bytes;
    },
    // Blocks may still be on their way to the disk.
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, maxRetries: 10 }),
  };
}

async function blockFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('Reading an object in blocks', () => {
  it('gives the bytes asked for, whatever the place and length, first fetched and then cached', async () => {
    await using one = await world();
    const reads = fc.record({
      offset: fc.nat(large.size + 10),
      size: fc.integer({ min: 1, max: 1_048_576 }),
    });
    await fc.assert(
      fc.asyncProperty(reads, async ({ offset, size }) => {
        const length = Math.max(0, Math.min(size, large.size - offset));
        expect((await one.read(large, offset, size)).equals(bytesAt(offset, length))).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect(new Set(one.source.asked).size).toBe(one.source.asked.length);
  });

  it('fetches a block once, however many ask for it at the same time', async () => {
    await using one = await world();
    const small = { ...large, size: 50_000 };
    await Promise.all(Array.from({ length: 20 }, () => one.read(small, 0, 50_000)));
    expect(one.source.asked).toEqual([0]);
  });

  it('serves a later process from the disk', async () => {
    await using one = await world();
    const small = { ...large, size: 50_000 };
    await one.read(small, 0, 10);
    await vi.waitUntil(() => one.cache.bytes === 50_000);
    const source = new CountingSource();
    const later = new BlockReader(await BlockCache.open(one.folder, 1e9), source, () => undefined);
    const result = await later.read({ ...small }, 100, 50);
    expect(Buffer.concat(result.pieces).equals(bytesAt(100, 50))).toBe(true);
    expect(source.asked).toEqual([]);
  });

  it('fetches again what is cut short on the disk', async () => {
    await using one = await world();
    const small = { ...large, size: 50_000 };
    await one.read(small, 0, 50_000);
    await vi.waitUntil(() => one.cache.bytes === 50_000);
    const [boot = ''] = await readdir(one.folder);
    const [name = ''] = await blockFiles(one.folder);
    await writeFile(join(one.folder, boot, name), 'short');
    const later = new BlockReader(await BlockCache.open(one.folder, 1e9), one.source, () => undefined);
    const result = await later.read(small, 0, 50_000);
    expect(Buffer.concat(result.pieces).equals(bytesAt(0, 50_000))).toBe(true);
  });

  it('keeps no content of an object for another version of it', async () => {
    await using one = await world();
    await one.read({ ...large, size: 50_000 }, 0, 10);
    await one.read({ ...large, size: 50_000, etag: 'F' }, 0, 10);
    expect(one.source.asked).toEqual([0, 0]);
  });

  it('tells a reader when the content is gone', async () => {
    await using one = await world();
    one.source.fetch = (content) => Promise.reject(new StaleContentError(content));
    await expect(one.read(large, 0, 10)).rejects.toThrow(
      'oss://films/large was changed or deleted while it is mounted (it had the ETag E)',
    );
  });
});

const smallFile = (index: number): Content => ({ bucket: 'films', key: String(index), etag: 'E', size: 100 });
/** Among 200 small files, with whatever follows. */
const placeOf = (index: number): Place => ({
  listing: 'a',
  index,
  following: (count) =>
    Array.from({ length: Math.min(count, 199 - index) }, (_, next) => smallFile(index + 1 + next)),
});

describe('Reading small objects', () => {
  it('gets more and more of them at once for a program that goes through a folder', async () => {
    await using one = await world();
    for (let index = 0; index < 200; index += 1) {
      const { pieces } = await one.reader.read(smallFile(index), 0, 4096, placeOf(index));
      expect(Buffer.concat(pieces).equals(bytesAt(0, 100))).toBe(true);
    }
    expect(one.source.batches.flat().toSorted()).toEqual(
      Array.from({ length: 200 }, (_, index) => String(index)).toSorted(),
    );
    expect(one.source.batches.length).toBeLessThan(20);
    expect(one.cache.bytes).toBe(0);
  });

  it('gets only what is asked for when a program jumps about', async () => {
    await using one = await world();
    for (const index of [150, 20, 190]) await one.reader.read(smallFile(index), 0, 4096, placeOf(index));
    expect(one.source.batches).toEqual([['150'], ['20'], ['190']]);
  });

  it('tells of the one that is gone, not of its neighbours', async () => {
    await using one = await world();
    const gone = { ...smallFile(0), key: 'gone' };
    const place = { ...placeOf(0), following: () => [gone] };
    await one.reader.read(smallFile(0), 0, 10, place);
    await expect(one.reader.read(gone, 0, 10)).rejects.toThrow('oss://films/gone was changed or deleted');
  });
});

/** The large content, in two files with something before and behind. */
async function inFiles(one: Awaited<ReturnType<typeof world>>): Promise<FilePiece[]> {
  const cut = BLOCK_BYTES + 17;
  const pieces: FilePiece[] = [];
  for (const [start, length] of [
    [0, cut],
    [cut, large.size - cut],
  ] as const) {
    const path = join(one.folder, `piece-${start}`);
    await writeFile(path, Buffer.concat([Buffer.alloc(5), bytesAt(start, length), Buffer.alloc(5)]));
    const identity = fileIdentity(await stat(path, { bigint: true }));
    pieces.push({ path, start: 5, bytes: length, identity });
  }
  one.source.files.set('large', pieces);
  return pieces;
}

describe('Reading an object that lies in files of this host', () => {
  it('gives every byte from there, and keeps no copy', async () => {
    await using one = await world();
    await inFiles(one);
    for (const [offset, size] of [
      [0, 1_000_000],
      [BLOCK_BYTES - 100, 1000],
      [large.size - 50, 1000],
      [large.size, 10],
    ] as const) {
      const length = Math.min(size, large.size - offset);
      expect((await one.read(large, offset, size)).equals(bytesAt(offset, length))).toBe(true);
    }
    expect(one.source.asked).toEqual([]);
    expect(one.source.located).toEqual(['large']);
    expect(one.cache.bytes).toBe(0);
  });

  it('goes on with a file that was opened, and asks the source when another file has its path', async () => {
    await using one = await world();
    const [first] = await inFiles(one);
    await one.read(large, 0, 10);
    await rm(first?.path ?? '');
    expect((await one.read(large, 100, 10)).equals(bytesAt(100, 10))).toBe(true);
    const later = new BlockReader(one.cache, one.source, () => undefined);
    await writeFile(first?.path ?? '', Buffer.alloc(large.size));
    const { pieces } = await later.read(large, 100, 10);
    expect(Buffer.concat(pieces).equals(bytesAt(100, 10))).toBe(true);
    expect(one.source.asked).toContain(0);
  });
});

describe('The cache of blocks on the disk', () => {
  it('stays within its bytes, and lets the longest unused go', async () => {
    await using one = await world(2500);
    for (const name of ['a', 'b']) await one.cache.write(name, Buffer.alloc(1000));
    expect(await one.cache.read('a', Buffer.alloc(1000), 0, 1000, 0)).toBe(true);
    await one.cache.write('c', Buffer.alloc(1000));
    expect((await blockFiles(one.folder)).toSorted()).toEqual(['a', 'c']);
    expect(one.cache.bytes).toBe(2000);
  });

  it('takes stock of what an earlier process left, and removes unfinished blocks and those of an earlier boot', async () => {
    await using one = await world();
    for (const name of ['a', 'b', 'c']) await one.cache.write(name, Buffer.alloc(1000));
    const [boot = ''] = await readdir(one.folder);
    await writeFile(join(one.folder, boot, '1-7.new'), 'half');
    await writeFile(join(one.folder, 'other-boot'), 'old');
    const later = await BlockCache.open(one.folder, 2000);
    await later.takeStock();
    expect(later.bytes).toBe(2000);
    expect(await readdir(one.folder)).toEqual([boot]);
    expect((await blockFiles(one.folder)).length).toBe(2);
  });
});

describe('Reading ahead', () => {
  it('doubles for a reader that goes on, up to eight blocks, and stops for one that jumps', () => {
    const ahead = new ReadAhead();
    const counts = [0, 0, 1, 2, 3, 4, 5].map((block) => ahead.after('a', block).count);
    expect(counts).toEqual([1, 0, 2, 4, 8, 8, 8]);
    expect(ahead.after('a', 40)).toEqual({ first: 41, count: 0 });
    expect(ahead.after('a', 41)).toEqual({ first: 42, count: 1 });
    expect(ahead.after('b', 7).count).toBe(0);
  });
});

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES, type Content } from './block.ts';
import { BlockCache } from './block-cache.ts';
import { BlockReader } from './block-reader.ts';
import { type BlockSource, StaleContentError } from './block-source.ts';
import { ReadAhead } from './read-ahead.ts';

/** A source of bytes that follow from their position, which remembers what it was asked for. */
class CountingSource implements BlockSource {
  readonly asked: number[] = [];
  async fetch(_content: Content, start: number, length: number): Promise<Buffer> {
    this.asked.push(start / BLOCK_BYTES);
    return bytesAt(start, length);
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
    const small = { ...large, size: 1000 };
    await Promise.all(Array.from({ length: 20 }, () => one.read(small, 0, 1000)));
    expect(one.source.asked).toEqual([0]);
  });

  it('serves a later process from the disk', async () => {
    await using one = await world();
    await one.read(large, 0, 10);
    await vi.waitUntil(() => one.cache.bytes > 0);
    const source = new CountingSource();
    const later = new BlockReader(await BlockCache.open(one.folder, 1e9), source, () => undefined);
    const result = await later.read({ ...large, size: large.size }, 100, 50);
    expect(Buffer.concat(result.pieces).equals(bytesAt(100, 50))).toBe(true);
    expect(source.asked).not.toContain(0);
  });

  it('fetches again what is cut short on the disk', async () => {
    await using one = await world();
    const small = { ...large, size: 1000 };
    await one.read(small, 0, 1000);
    await vi.waitUntil(() => one.cache.bytes === 1000);
    const [boot = ''] = await readdir(one.folder);
    const [name = ''] = await blockFiles(one.folder);
    await writeFile(join(one.folder, boot, name), 'short');
    const later = new BlockReader(await BlockCache.open(one.folder, 1e9), one.source, () => undefined);
    const result = await later.read(small, 0, 1000);
    expect(Buffer.concat(result.pieces).equals(bytesAt(0, 1000))).toBe(true);
  });

  it('keeps no content of an object for another version of it', async () => {
    await using one = await world();
    await one.read({ ...large, size: 1000 }, 0, 10);
    await one.read({ ...large, size: 1000, etag: 'F' }, 0, 10);
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

import { BLOCK_BYTES, blockLength, type Content, contentName } from './block.ts';
import type { BlockCache } from './block-cache.ts';
import type { BlockSource } from './block-source.ts';
import { BufferPool } from './buffer-pool.ts';
import { LocalContents } from './local-contents.ts';
import { ReadAhead } from './read-ahead.ts';
import { RecentBlocks } from './recent-blocks.ts';
import { type Place, SMALL_BYTES, SmallContents } from './small-contents.ts';

const RECENT_BYTES = 64 * 1024 * 1024;
const MOST_FETCHES_AHEAD = 8;

/** Bytes that were read, in pieces; `done` must be called when they have been sent. */
export interface ReadResult {
  pieces: Buffer[];
  done(): void;
}

interface Piece {
  bytes: Buffer;
  /** From the pool, to be given back. */
  pooled?: Buffer;
}

/**
 * Reads contents: small ones in batches, those that lie in files of this host from there, others through memory, the
 * cache on disk and the source, in this order.
 */
export class BlockReader {
  readonly #cache: BlockCache;
  readonly #source: BlockSource;
  readonly #warn: (message: string) => void;
  readonly #recent = new RecentBlocks(RECENT_BYTES);
  readonly #ahead = new ReadAhead();
  readonly #pool = new BufferPool();
  readonly #local: LocalContents;
  readonly #small: SmallContents;
  readonly #fetches = new Map<string, Promise<Buffer>>();

  constructor(cache: BlockCache, source: BlockSource, warn: (message: string) => void) {
    this.#cache = cache;
    this.#source = source;
    this.#warn = warn;
    this.#local = new LocalContents(source);
    this.#small = new SmallContents(source);
  }

  /**
   * Up to `size` bytes from `offset`; fewer at the end of the content. `place`: for reading ahead from one small content
   * to the next. @throws what the source throws
   */
  async read(content: Content, offset: number, size: number, place?: Place): Promise<ReadResult> {
    const end = Math.min(offset + size, content.size);
    if (end <= offset) return { pieces: [], done: () => undefined };
    if (content.size <= SMALL_BYTES) {
      const whole = await this.#small.read(content, place);
      return { pieces: [whole.subarray(offset, end)], done: () => undefined };
    }
    const name = contentName(content);
    return (
      (await this.#readFiles(content, name, offset, end)) ?? this.#readBlocks(content, name, offset, end)
    );
  }

  async #readFiles(
    content: Content,
    name: string,
    offset: number,
    end: number,
  ): Promise<ReadResult | undefined> {
    const pooled = this.#pool.take(end - offset);
    const bytes = pooled.subarray(0, end - offset);
    if (await this.#local.read(content, name, bytes, offset)) {
      return { pieces: [bytes], done: () => this.#pool.giveBack(pooled) };
    }
    this.#pool.giveBack(pooled);
    return undefined;
  }

  async #readBlocks(content: Content, name: string, offset: number, end: number): Promise<ReadResult> {
    const pieces: Promise<Piece>[] = [];
    for (let at = offset; at < end; ) {
      const block = Math.floor(at / BLOCK_BYTES);
      const until = Math.min(end, (block + 1) * BLOCK_BYTES);
      pieces.push(this.#piece(content, name, block, at - block * BLOCK_BYTES, until - at));
      this.#fetchAhead(content, name, block);
      at = until;
    }
    const read = await Promise.all(pieces);
    return {
      pieces: read.map((piece) => piece.bytes),
      done: () => {
        for (const { pooled } of read) if (pooled !== undefined) this.#pool.giveBack(pooled);
      },
    };
  }

  async #piece(content: Content, name: string, block: number, from: number, length: number): Promise<Piece> {
    const blockName = `${name}.${block}`;
    const recent = this.#recent.get(blockName) ?? this.#fetches.get(blockName);
    if (recent === undefined) {
      const pooled = this.#pool.take(length);
      if (await this.#cache.read(blockName, pooled, 0, length, from)) {
        return { bytes: pooled.subarray(0, length), pooled };
      }
      this.#pool.giveBack(pooled);
    }
    const whole = await (recent ?? this.#fetch(content, blockName, block));
    return { bytes: whole.subarray(from, from + length) };
  }

  #fetchAhead(content: Content, name: string, block: number): void {
    const { first, count } = this.#ahead.after(name, block);
    for (let next = first; next < first + count && next * BLOCK_BYTES < content.size; next += 1) {
      const blockName = `${name}.${next}`;
      if (this.#fetches.size >= MOST_FETCHES_AHEAD) return;
      if (this.#cache.has(blockName) || this.#recent.get(blockName) !== undefined) continue;
      // Whoever really reads it learns what went wrong.
      this.#fetch(content, blockName, next).catch(() => undefined);
    }
  }

  #fetch(content: Content, blockName: string, block: number): Promise<Buffer> {
    const known = this.#fetches.get(blockName);
    if (known !== undefined) return known;
    const fetching = this.#source
      .fetch(content, block * BLOCK_BYTES, blockLength(content.size, block))
      .then((bytes) => {
        this.#recent.add(blockName, bytes);
        this.#cache.write(blockName, bytes).catch((error: unknown) => {
          this.#warn(`a block could not be kept on the disk: ${String(error)}`);
        });
        return bytes;
      })
      .finally(() => this.#fetches.delete(blockName));
    this.#fetches.set(blockName, fetching);
    return fetching;
  }
}

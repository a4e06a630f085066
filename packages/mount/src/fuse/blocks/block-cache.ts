import { mkdir, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OpenFiles } from './open-files.ts';
import { readRange } from './read-range.ts';

const MOST_OPEN_FILES = 256;
const UNFINISHED = '.new';
const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/**
 * Blocks as files, shared by all mounts of the host, bounded in bytes; the longest unused goes first. A block is written
 * beside its place and renamed, so that a killed process leaves a whole block or none; after the machine went down
 * nothing is kept, since nothing was synced.
 */
export class BlockCache {
  readonly #root: string;
  /** Named by the boot of the machine. */
  readonly #folder: string;
  readonly #mostBytes: number;
  readonly #open = new OpenFiles(MOST_OPEN_FILES);
  /** Sizes by name, the longest unused first. */
  readonly #sizes = new Map<string, number>();
  #bytes = 0;
  #writes = 0;

  private constructor(root: string, boot: string, mostBytes: number) {
    this.#root = root;
    this.#folder = join(root, boot);
    this.#mostBytes = mostBytes;
  }

  /** The cache in `root`, which is made when missing; `takeStock` should follow. */
  static async open(root: string, mostBytes: number): Promise<BlockCache> {
    const cache = new BlockCache(root, (await readFile(BOOT_ID, 'utf8')).trim(), mostBytes);
    await mkdir(cache.#folder, { recursive: true, mode: 0o700 });
    return cache;
  }

  get bytes(): number {
    return this.#bytes;
  }

  has(name: string): boolean {
    return this.#sizes.has(name);
  }

  /**
   * Finds what earlier processes left and removes what is of no use. Blocks can be read and written meanwhile; they are
   * found whether or not they are counted yet.
   */
  async takeStock(): Promise<void> {
    for (const name of await readdir(this.#root)) {
      if (join(this.#root, name) !== this.#folder) await rm(join(this.#root, name), { recursive: true });
    }
    const found: { name: string; bytes: number; mtime: number }[] = [];
    for (const name of await readdir(this.#folder)) {
      const stats = await stat(this.#path(name)).catch(() => undefined);
      if (stats === undefined || this.#sizes.has(name)) continue;
      if (!name.endsWith(UNFINISHED)) found.push({ name, bytes: stats.size, mtime: stats.mtimeMs });
      else if (!name.startsWith(`${process.pid}-`)) await unlink(this.#path(name)).catch(ignoreMissing);
    }
    for (const { name, bytes } of found.toSorted((left, right) => left.mtime - right.mtime)) {
      if (!this.#sizes.has(name)) this.#add(name, bytes);
    }
    await this.#shrink();
  }

  /** Reads from a cached block into `buffer`. False when it is not there, or not as long as it should be. */
  async read(name: string, buffer: Buffer, at: number, length: number, position: number): Promise<boolean> {
    try {
      const path = this.#path(name);
      const bytes = await this.#open.with(path, (fd) => readRange(fd, buffer, at, length, position));
      this.#touch(name);
      return bytes === length;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  /** Keeps a block. */
  async write(name: string, block: Buffer): Promise<void> {
    if (this.#sizes.has(name) || block.length > this.#mostBytes) return;
    this.#writes += 1;
    const temporary = join(this.#folder, `${process.pid}-${this.#writes}${UNFINISHED}`);
    await writeFile(temporary, block, { mode: 0o600 });
    await rename(temporary, this.#path(name));
    if (!this.#sizes.has(name)) this.#add(name, block.length);
    await this.#shrink();
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  #add(name: string, bytes: number): void {
    this.#sizes.set(name, bytes);
    this.#bytes += bytes;
  }

  #touch(name: string): void {
    const bytes = this.#sizes.get(name);
    if (bytes === undefined) return;
    this.#sizes.delete(name);
    this.#sizes.set(name, bytes);
  }

  async #shrink(): Promise<void> {
    for (const [name, bytes] of this.#sizes) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#sizes.delete(name);
      this.#bytes -= bytes;
      this.#open.drop(this.#path(name));
      await unlink(this.#path(name)).catch(ignoreMissing);
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}

import type { FileHandle } from 'node:fs/promises';
import type { BlobWriter } from './blobs.ts';
import { writeChunks } from './write-chunks.ts';

/**
 * Bytes after which the disk is set to work while more come. Left to the end, a gigabyte had everybody wait 0.3 s for
 * the sync; so it is 0.01 s, and as fast otherwise.
 */
const SYNC_BYTES = 16 * 1024 * 1024;

/** Writes one new file, of which it has the open handle. */
export class BlobFileWriter implements BlobWriter {
  readonly #handle: FileHandle;
  readonly #makeDurable: () => Promise<void>;
  readonly #remove: () => void;
  #position = 0;
  #syncedTo = 0;
  #isSyncing = false;
  #synced: Promise<void> = Promise.resolve();

  constructor(
    handle: FileHandle,
    { makeDurable, remove }: { makeDurable: () => Promise<void>; remove: () => void },
  ) {
    this.#handle = handle;
    this.#makeDurable = makeDurable;
    this.#remove = remove;
  }

  async append(chunks: readonly Uint8Array[]): Promise<void> {
    const start = this.#position;
    this.#position += chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
    await writeChunks(this.#handle, chunks, start);
    if (!this.#isSyncing && this.#position - this.#syncedTo >= SYNC_BYTES) {
      this.#syncedTo = this.#position;
      this.#synced = this.#sync();
      // Awaited at the end; until then a failure must not count as unhandled.
      this.#synced.catch(() => undefined);
    }
  }

  async finish(): Promise<void> {
    // The kernel tells of a failed write once: what an earlier sync was told, the last one is not.
    await this.#synced;
    await this.#makeDurable();
    await this.#handle.close();
  }

  async discard(): Promise<void> {
    await this.#synced.catch(() => undefined);
    await this.#handle.close();
    this.#remove();
  }

  async #sync(): Promise<void> {
    this.#isSyncing = true;
    await this.#handle.datasync();
    this.#isSyncing = false;
  }
}

import type { OssClient } from '@rebatch/client';
import { safeLocalPath } from '../transfer/safe-local-path.ts';
import { runTransfers, type Transfer } from '../transfer/transfer.ts';

/** Least time between two looks; a slow look is followed by a rest that is longer by this factor. */
const REST_MS = 1_500;
const REST_FACTOR = 4;
const PARALLEL = 4;

/** Where pictures come from and go to. */
export interface PicturePlace {
  bucket: string;
  prefix: string;
  /** Local folder. */
  folder: string;
}

/** Brings pictures home while the render goes on, as they land in the store. What it misses comes with the rest at the end. */
export class EarlyPictures {
  readonly #oss: OssClient;
  readonly #place: PicturePlace;
  readonly #signal: AbortSignal;
  /** ETags by key. */
  readonly #fetched = new Map<string, string>();
  #looking: Promise<void> | undefined;
  #restUntil = 0;

  constructor(oss: OssClient, place: PicturePlace, signal: AbortSignal) {
    this.#oss = oss;
    this.#place = place;
    this.#signal = signal;
  }

  /** Pictures that are at home. */
  get count(): number {
    return this.#fetched.size;
  }

  /** Looks for new pictures, unless it is at that already or has just been. */
  look(): void {
    if (this.#looking !== undefined || Date.now() < this.#restUntil) return;
    const began = Date.now();
    this.#looking = this.#fetchNew()
      // A server that is away, a full disk: the download at the end meets it, too, and says so.
      .catch(() => {})
      .finally(() => {
        this.#restUntil = Date.now() + Math.max(REST_MS, REST_FACTOR * (Date.now() - began));
        this.#looking = undefined;
      });
  }

  /** Resolves when nothing is on its way. */
  async end(): Promise<void> {
    await this.#looking;
  }

  async #fetchNew(): Promise<void> {
    const { bucket, prefix, folder } = this.#place;
    const found: { transfer: Transfer; etag: string }[] = [];
    for await (const entry of this.#oss.list(bucket, { prefix })) {
      if (entry.kind !== 'object' || entry.key.endsWith('/')) continue;
      const { key, size, etag } = entry;
      if (this.#fetched.get(key) === etag) continue;
      const path = safeLocalPath(folder, key.slice(prefix.length));
      found.push({ transfer: { direction: 'download', path, bucket, key, size }, etag });
    }
    await runTransfers(
      this.#oss,
      found.map(({ transfer }) => transfer),
      { parallel: PARALLEL, signal: this.#signal, onBytes: () => {} },
    );
    for (const { transfer, etag } of found) this.#fetched.set(transfer.key, etag);
  }
}

import { createHash, type Hash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { uploadUnknown } from './registry-error.ts';

/** A blob on its way in. */
export interface Upload {
  readonly id: string;
  /** Where its bytes wait. */
  readonly file: string;
  size: number;
  hash: Hash;
  /** True while a request adds to it or finishes it. */
  busy: boolean;
  touched: number;
}

/** Bytes that nobody adds to for this long are thrown away, in milliseconds. */
const ABANDONED_MS = 3_600_000;

/**
 * Blobs wait in a folder of this host until they are whole and have the digest that was said: the storage never has half of
 * one. The folder is the caller's to remove.
 */
export class UploadFolder {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #uploads = new Map<string, Upload>();

  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
  }

  async start(): Promise<Upload> {
    await this.#clear();
    const id = randomUUID();
    const upload = {
      id,
      file: join(this.#folder, id),
      size: 0,
      hash: createHash('sha256'),
      busy: false,
      touched: this.#now(),
    };
    await (await open(upload.file, 'wx', 0o600)).close();
    this.#uploads.set(id, upload);
    return upload;
  }

  /** @throws RegistryError BLOB_UPLOAD_UNKNOWN, also while another request is at it */
  get(id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload === undefined || upload.busy) throw uploadUnknown();
    return upload;
  }

  /** Adds bytes at the end. What came before a broken connection counts. */
  async append(upload: Upload, body: Readable): Promise<void> {
    upload.busy = true;
    const count = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of source) {
        yield chunk;
        upload.hash.update(chunk);
        upload.size += chunk.length;
      }
    };
    try {
      await pipeline(body, count, createWriteStream(upload.file, { flags: 'r+', start: upload.size }));
    } finally {
      upload.busy = false;
      upload.touched = this.#now();
    }
  }

  async remove({ id, file }: Upload): Promise<void> {
    this.#uploads.delete(id);
    await rm(file, { force: true });
  }

  async #clear(): Promise<void> {
    const before = this.#now() - ABANDONED_MS;
    for (const upload of this.#uploads.values()) {
      if (!upload.busy && upload.touched < before) await this.remove(upload);
    }
  }
}

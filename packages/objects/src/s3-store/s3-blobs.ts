import type { Client } from 'minio';
import type { Blobs, BlobWriter, Orphan } from '../file-store/blobs.ts';
import { Removals } from '../file-store/removals.ts';
import type { ByteRange } from '../types.ts';
import { S3BlobWriter } from './s3-blob-writer.ts';
import { waitOrThrow, withRetries } from './with-retries.ts';

/** Prefixes that blobs are spread over: S3 servers split their load by prefix. */
const PREFIXES = 256;

/** Keys that one request may remove. */
const MOST_KEYS = 1000;

/** The objects of an S3 bucket that hold contents, named by content id, below one prefix. */
export class S3Blobs implements Blobs {
  readonly #client: Client;
  readonly #bucket: string;
  readonly #root: string;
  readonly #removals: Removals;
  #lastId = 0;

  constructor(client: Client, bucket: string, root: string) {
    this.#client = client;
    this.#bucket = bucket;
    this.#root = root;
    this.#removals = new Removals((id) => withRetries(() => client.removeObject(bucket, this.#name(id))));
  }

  startAfter(id: number): void {
    this.#lastId = Math.max(this.#lastId, id);
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  async begin(id: number): Promise<BlobWriter> {
    return new S3BlobWriter(this.#client, this.#bucket, this.#name(id));
  }

  /** Goes on where it was when the line breaks. */
  async *read(id: number, { start, end }: ByteRange): AsyncGenerator<Uint8Array> {
    let position = start;
    for (let tried = 1; position <= end; tried += 1) {
      try {
        for await (const chunk of await this.#open(id, position, end)) {
          position += chunk.byteLength;
          tried = 0;
          yield chunk;
        }
        if (position <= end) {
          throw new Error(`blob ${id} ends at byte ${position}; the metadata promises ${end + 1}`);
        }
      } catch (error) {
        await waitOrThrow(error, tried);
      }
    }
  }

  hold(id: number): () => void {
    return this.#removals.hold(id);
  }

  remove(id: number): void {
    this.#removals.remove(id);
  }

  /**
   * Uploads that a crash left open go, too, as far as the server lists them by prefix (MinIO does not: it drops them
   * itself after a day).
   */
  async sweep(isKnown: (id: number) => boolean): Promise<number> {
    for await (const { key, uploadId } of this.#openUploads()) {
      await withRetries(() => this.#client.abortMultipartUpload(this.#bucket, key, uploadId));
    }
    const orphans = (await Array.fromAsync(this.#orphans(isKnown))).map(({ name }) => name);
    for (let at = 0; at < orphans.length; at += MOST_KEYS) {
      const batch = orphans.slice(at, at + MOST_KEYS);
      await withRetries(() => this.#client.removeObjects(this.#bucket, batch));
    }
    return orphans.length;
  }

  async *orphans(isKnown: (id: number) => boolean): AsyncGenerator<Orphan> {
    for await (const { name, size } of this.#orphans(isKnown)) {
      yield { path: `${this.#bucket}/${name}`, size };
    }
  }

  settle(): Promise<boolean> {
    return this.#removals.settle();
  }

  directUrl(id: number, seconds: number, headers: Record<string, string>): Promise<string> {
    const overrides = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [`response-${name}`, value]),
    );
    return this.#client.presignedGetObject(this.#bucket, this.#name(id), seconds, overrides);
  }

  #open(id: number, start: number, end: number): Promise<AsyncIterable<Uint8Array>> {
    return this.#client.getPartialObject(this.#bucket, this.#name(id), start, end - start + 1);
  }

  #name(id: number): string {
    const folder = (id % PREFIXES).toString(16).padStart(2, '0');
    return `${this.#root}/${folder}/${id.toString(16)}`;
  }

  #idOf(name: string): number | undefined {
    const id = Number.parseInt(name.slice(name.lastIndexOf('/') + 1), 16);
    return Number.isSafeInteger(id) && name === this.#name(id) ? id : undefined;
  }

  async *#orphans(isKnown: (id: number) => boolean): AsyncGenerator<{ name: string; size: number }> {
    for await (const item of this.#client.listObjectsV2(this.#bucket, `${this.#root}/`, true)) {
      const { name, size = 0 }: { name?: string; size?: number } = item;
      const id = name === undefined ? undefined : this.#idOf(name);
      if (name !== undefined && id !== undefined && !isKnown(id)) {
        yield { name, size };
      }
    }
  }

  async *#openUploads(): AsyncGenerator<{ key: string; uploadId: string }> {
    for await (const item of this.#client.listIncompleteUploads(this.#bucket, `${this.#root}/`, true)) {
      const { key, uploadId }: { key: string; uploadId: string } = item;
      yield { key, uploadId };
    }
  }
}

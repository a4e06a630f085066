import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import type { WritableRegistryFiles } from './registry-files.ts';

/** The storage of a registry below a prefix of an object store. Whose bucket it is, the caller has checked. */
export class ObjectFiles implements WritableRegistryFiles {
  readonly where: string;
  readonly #objects: ObjectStore;
  readonly #bucket: string;
  readonly #prefix: string;

  /** `prefix`: "" or with a `/` at its end. */
  constructor(objects: ObjectStore, bucket: string, prefix: string) {
    this.#objects = objects;
    this.#bucket = bucket;
    this.#prefix = prefix;
    this.where = `oss://${bucket}/${prefix}`;
  }

  async size(path: string): Promise<number | undefined> {
    const info = await found(this.#objects.head(this.#bucket, this.#prefix + path));
    return info?.size;
  }

  async open(path: string, range?: { start: number; end: number }): Promise<Readable | undefined> {
    const object = await found(this.#objects.get(this.#bucket, this.#prefix + path, range));
    return object?.body;
  }

  async write(path: string, content: Uint8Array): Promise<void> {
    await this.#objects.put(this.#bucket, this.#prefix + path, oneChunk(content));
  }

  async upload(path: string, file: string): Promise<void> {
    await this.#objects.put(this.#bucket, this.#prefix + path, createReadStream(file));
  }

  async *list(folder: string): AsyncGenerator<string> {
    const prefix = this.#prefix + folder;
    let after: string | undefined;
    do {
      const page = await this.#objects.list(this.#bucket, {
        prefix,
        delimiter: '/',
        ...(after === undefined ? {} : { after }),
      });
      const names = [...page.objects.map(({ key }) => key), ...page.commonPrefixes].toSorted();
      for (const key of names) if (key !== prefix) yield key.slice(prefix.length);
      after = page.next;
    } while (after !== undefined);
  }
}

async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === 'NoSuchKey') return undefined;
    throw error;
  }
}

async function* oneChunk(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

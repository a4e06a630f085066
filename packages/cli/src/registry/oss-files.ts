import type { Readable } from 'node:stream';
import { type OssClient, OssError } from '@rebatch/client';
import { formatOssUrl, type OssUrl } from '@rebatch/model';
import type { WritableRegistryFiles } from '@rebatch/registry';

/** The storage of a registry below a prefix of an object store that is reached over the network. */
export class OssFiles implements WritableRegistryFiles {
  readonly where: string;
  readonly #oss: OssClient;
  readonly #bucket: string;
  readonly #prefix: string;

  /** `place`: a bucket, or a prefix with or without a `/` at its end. */
  constructor(oss: OssClient, { bucket, key }: OssUrl) {
    this.#oss = oss;
    this.#bucket = bucket;
    this.#prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
    this.where = formatOssUrl({ bucket, key: this.#prefix });
  }

  async size(path: string): Promise<number | undefined> {
    const info = await this.#oss.find(this.#bucket, this.#prefix + path);
    return info?.size;
  }

  async open(path: string, range?: { start: number; end: number }): Promise<Readable | undefined> {
    try {
      return (await this.#oss.get(this.#bucket, this.#prefix + path, range)).body;
    } catch (error) {
      if (error instanceof OssError && error.code === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async write(path: string, content: Uint8Array): Promise<void> {
    await this.#oss.put(this.#bucket, this.#prefix + path, content);
  }

  async upload(path: string, file: string): Promise<void> {
    await this.#oss.uploadFile(file, this.#bucket, this.#prefix + path);
  }

  async *list(folder: string): AsyncGenerator<string> {
    const prefix = this.#prefix + folder;
    for await (const { key } of this.#oss.list(this.#bucket, { prefix, delimiter: '/' })) {
      if (key !== prefix) yield key.slice(prefix.length);
    }
  }
}

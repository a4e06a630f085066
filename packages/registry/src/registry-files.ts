import type { Readable } from 'node:stream';

/** The storage of a registry: files by their path relative to its root (`layout.ts`). */
export interface RegistryFiles {
  /** For people: `oss://bucket/dockers/`. */
  readonly where: string;
  /** Bytes; undefined when there is no such file. */
  size(path: string): Promise<number | undefined>;
  /** `range`: inclusive positions within the file. Undefined when there is no such file. */
  open(path: string, range?: { start: number; end: number }): Promise<Readable | undefined>;
  /** Names of what lies directly below a folder (whose path ends in `/`), folders' with a `/` behind, in byte order. */
  list(folder: string): AsyncIterable<string>;
}

/** One that can be pushed to. Whatever resolves is stored. */
export interface WritableRegistryFiles extends RegistryFiles {
  write(path: string, content: Uint8Array): Promise<void>;
  /** Stores a copy of a file of this host. */
  upload(path: string, file: string): Promise<void>;
}

/** A whole small file. Undefined when there is none. Throws a RangeError when it is longer than `limit` bytes. */
export async function readWhole(
  files: RegistryFiles,
  path: string,
  limit: number,
): Promise<Buffer | undefined> {
  const body = await files.open(path);
  if (body === undefined) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) throw new RangeError(`${files.where}${path} is longer than ${limit} bytes`);
  }
  return Buffer.concat(chunks);
}

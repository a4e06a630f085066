import { access, constants, type FileHandle, mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ByteRange } from '../types.ts';
import { BlobFileWriter } from './blob-file-writer.ts';
import type { Blobs, BlobWriter, Orphan } from './blobs.ts';
import { readFile } from './read-file.ts';
import { Removals } from './removals.ts';
import { syncFolder } from './sync-folder.ts';

/** Folders that blobs are spread over, so that none of them grows without bound. */
const FOLDERS = 256;

/** The files that hold contents, named by content id. */
export class BlobFiles implements Blobs {
  readonly #dir: string;
  #lastId = 0;
  readonly #removals = new Removals((id) => unlink(this.path(id)));

  private constructor(dir: string) {
    this.#dir = dir;
  }

  /** The files below `dir`, which is made when missing; its folders are made as they are needed. */
  static async open(dir: string): Promise<BlobFiles> {
    await mkdir(dir, { recursive: true });
    await syncFolder(dirname(dir));
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    return new BlobFiles(dir);
  }

  startAfter(id: number): void {
    this.#lastId = Math.max(this.#lastId, id);
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  path(id: number): string {
    return join(this.#folder(id % FOLDERS), id.toString(16));
  }

  /** Opens the file of a new content for writing, empty. */
  async create(id: number): Promise<FileHandle> {
    try {
      return await open(this.path(id), 'w', 0o600);
    } catch (error) {
      if (!isMissing(error)) {
        throw error;
      }
      await mkdir(this.#folder(id % FOLDERS), { recursive: true });
      await syncFolder(this.#dir);
      return open(this.path(id), 'w', 0o600);
    }
  }

  /** Makes the bytes of a file that `create` opened, and its name, survive a crash. */
  async makeDurable(id: number, handle: FileHandle): Promise<void> {
    await handle.datasync();
    await syncFolder(this.#folder(id % FOLDERS));
  }

  async begin(id: number): Promise<BlobWriter> {
    const handle = await this.create(id);
    return new BlobFileWriter(handle, {
      makeDurable: () => this.makeDurable(id, handle),
      remove: () => this.remove(id),
    });
  }

  read(id: number, range: ByteRange): AsyncIterable<Uint8Array> {
    return readFile(this.path(id), range);
  }

  hold(id: number): () => void {
    return this.#removals.hold(id);
  }

  remove(id: number): void {
    this.#removals.remove(id);
  }

  async sweep(isKnown: (id: number) => boolean): Promise<number> {
    let swept = 0;
    for await (const { path } of this.orphans(isKnown)) {
      await unlink(path);
      swept += 1;
    }
    return swept;
  }

  async *orphans(isKnown: (id: number) => boolean): AsyncGenerator<Orphan> {
    for (const folder of await readdir(this.#dir)) {
      for (const name of await readdir(join(this.#dir, folder))) {
        if (isKnown(Number.parseInt(name, 16))) continue;
        const path = join(this.#dir, folder, name);
        yield { path, size: (await stat(path)).size };
      }
    }
  }

  settle(): Promise<boolean> {
    return this.#removals.settle();
  }

  #folder(folder: number): string {
    return join(this.#dir, folder.toString(16).padStart(2, '0'));
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

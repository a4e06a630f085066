import { access, constants, type FileHandle, mkdir, open, readdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from './sync-folder.ts';

/** Folders that blobs are spread over, so that none of them grows without bound. */
const FOLDERS = 256;

/**
 * The files that hold contents, named by content id. A file that is no longer wanted goes when its last reader has
 * finished.
 */
export class BlobFiles {
  readonly #dir: string;
  #lastId = 0;
  readonly #readers = new Map<number, number>();
  readonly #unwanted = new Set<number>();
  readonly #removals = new Set<Promise<void>>();

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

  /** Ids given out from now on are greater than `id`. */
  startAfter(id: number): void {
    this.#lastId = Math.max(this.#lastId, id);
  }

  /** An id that no content has had since the store was opened. */
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

  /** Keeps the file from being removed until the returned function is called (once). */
  hold(id: number): () => void {
    this.#readers.set(id, (this.#readers.get(id) ?? 0) + 1);
    return () => {
      const left = (this.#readers.get(id) ?? 1) - 1;
      if (left > 0) {
        this.#readers.set(id, left);
        return;
      }
      this.#readers.delete(id);
      if (this.#unwanted.delete(id)) {
        this.#unlink(id);
      }
    };
  }

  /** Removes the file, now or after its last reader. Failure leaves an orphan for the next sweep. */
  remove(id: number): void {
    if (this.#readers.has(id)) {
      this.#unwanted.add(id);
    } else {
      this.#unlink(id);
    }
  }

  /** Removes every file whose content is not known (left by a crash); returns how many. */
  async sweep(isKnown: (id: number) => boolean): Promise<number> {
    let swept = 0;
    for (const folder of await readdir(this.#dir)) {
      for (const name of await readdir(join(this.#dir, folder))) {
        if (!isKnown(Number.parseInt(name, 16))) {
          await unlink(join(this.#dir, folder, name));
          swept += 1;
        }
      }
    }
    return swept;
  }

  /** Waits for removals under way. Returns whether everything unwanted is gone. */
  async settle(): Promise<boolean> {
    await Promise.all(this.#removals);
    return this.#unwanted.size === 0;
  }

  #unlink(id: number): void {
    const removal = unlink(this.path(id))
      .catch((error: unknown) => {
        process.emitWarning(`blob ${id} could not be removed: ${String(error)}`);
        this.#unwanted.add(id);
      })
      .then(() => {
        this.#removals.delete(removal);
      });
    this.#removals.add(removal);
  }

  #folder(folder: number): string {
    return join(this.#dir, folder.toString(16).padStart(2, '0'));
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

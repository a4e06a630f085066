import { close, open } from 'node:fs';

interface OpenFile {
  fd: Promise<number>;
  users: number;
  /** Close it when the last user is done. */
  dropped: boolean;
}

/**
 * Files that are kept open for the next reader, a bounded number of them. A file in use is never closed: its number
 * would be given to another file under the reader's hands.
 */
export class OpenFiles {
  readonly #most: number;
  readonly #files = new Map<string, OpenFile>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Lets `use` work with the open file; rejects as opening does. */
  async with<T>(path: string, use: (fd: number) => Promise<T>): Promise<T> {
    const file = this.#files.get(path) ?? { fd: openForReading(path), users: 0, dropped: false };
    this.#files.delete(path);
    this.#files.set(path, file);
    file.users += 1;
    try {
      const fd = await file.fd.catch((error: unknown) => {
        if (this.#files.get(path) === file) this.#files.delete(path);
        throw error;
      });
      return await use(fd);
    } finally {
      file.users -= 1;
      if (file.dropped && file.users === 0) closeQuietly(file);
      this.#dropOldest();
    }
  }

  drop(path: string): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    this.#files.delete(path);
    file.dropped = true;
    if (file.users === 0) closeQuietly(file);
  }

  #dropOldest(): void {
    const [oldest] = this.#files.keys();
    if (this.#files.size > this.#most && oldest !== undefined) this.drop(oldest);
  }
}

function openForReading(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, 'r', (error, fd) => {
      if (error === null) resolve(fd);
      else reject(error);
    });
  });
}

function closeQuietly({ fd }: OpenFile): void {
  fd.then(
    (number) => close(number, () => undefined),
    () => undefined,
  );
}

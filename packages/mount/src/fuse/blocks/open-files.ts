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
  /** By path, or whatever name their users have for them. */
  readonly #files = new Map<string, OpenFile>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Lets `use` work with the open file, which `opening` opens unless it is; rejects as that does. */
  async with<T>(
    name: string,
    use: (fd: number) => Promise<T>,
    opening = (): Promise<number> => openForReading(name),
  ): Promise<T> {
    const file = this.#files.get(name) ?? { fd: opening(), users: 0, dropped: false };
    this.#files.delete(name);
    this.#files.set(name, file);
    file.users += 1;
    try {
      const fd = await file.fd.catch((error: unknown) => {
        if (this.#files.get(name) === file) this.#files.delete(name);
        throw error;
      });
      return await use(fd);
    } finally {
      file.users -= 1;
      if (file.dropped && file.users === 0) closeQuietly(file);
      this.#dropOldest();
    }
  }

  drop(name: string): void {
    const file = this.#files.get(name);
    if (file === undefined) return;
    this.#files.delete(name);
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

import { type FileHandle, open, readFile } from 'node:fs/promises';

/** An upload in parts that was begun and not completed. */
export interface OpenUpload {
  /** The file's, when it was begun. */
  mark: string;
  uploadId: string;
  /** Bytes of each part but the last. */
  partBytes: number;
}

type Entry =
  | { stored: string; mark: string }
  | ({ begun: string } & OpenUpload)
  /** Completed or aborted. */
  | { ended: string };

/**
 * What an attempt has uploaded, written down line by line as it happens, so that a later process goes on behind it. A line
 * that is lost in a crash costs an upload that is done again, nothing else. Objects go by their URL.
 */
export class UploadLedger {
  readonly #file: string;
  readonly #stored = new Map<string, string>();
  readonly #open = new Map<string, OpenUpload>();
  #handle: FileHandle | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(file: string) {
    this.#file = file;
  }

  /** `file`: need not be there yet. */
  static async read(file: string): Promise<UploadLedger> {
    const ledger = new UploadLedger(file);
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
      throw error;
    });
    for (const line of text.split('\n')) {
      const entry = parseEntry(line);
      if (entry !== undefined) ledger.#apply(entry);
    }
    return ledger;
  }

  /** True when the object was made of what the file, by its mark, still is. */
  isStored(url: string, mark: string): boolean {
    return this.#stored.get(url) === mark;
  }

  openUpload(url: string): OpenUpload | undefined {
    return this.#open.get(url);
  }

  openUploads(): [url: string, upload: OpenUpload][] {
    return [...this.#open];
  }

  /** Never fails: on a full disk, say, a later process does it again. */
  async stored(url: string, mark: string): Promise<void> {
    await this.#note({ stored: url, mark }).catch(() => undefined);
  }

  /** @throws what the disk says: an upload that nobody knows of would stay for ever */
  begun(url: string, upload: OpenUpload): Promise<void> {
    return this.#note({ begun: url, ...upload });
  }

  /** Never fails, like `stored`. */
  async ended(url: string): Promise<void> {
    await this.#note({ ended: url }).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#handle?.close();
    this.#handle = undefined;
  }

  #apply(entry: Entry): void {
    if ('stored' in entry) this.#stored.set(entry.stored, entry.mark);
    else if ('ended' in entry) this.#open.delete(entry.ended);
    else {
      const { begun, ...upload } = entry;
      this.#open.set(begun, upload);
    }
  }

  #note(entry: Entry): Promise<void> {
    this.#apply(entry);
    const written = this.#last.then(() => this.#write(`${JSON.stringify(entry)}\n`));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async #write(line: string): Promise<void> {
    if (this.#handle === undefined) {
      this.#handle = await open(this.#file, 'a', 0o600);
      // A crash may have cut the last line.
      await this.#handle.write('\n');
    }
    await this.#handle.write(line);
  }
}

function parseEntry(line: string): Entry | undefined {
  if (!line.endsWith('}')) return undefined;
  try {
    // Written by this class; a line that a crash cut does not parse.
    const entry: Entry = JSON.parse(line);
    return entry;
  } catch {
    return undefined;
  }
}

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { punchHole } from './punch-hole.ts';

const PIECE = 1024 * 1024;

/**
 * A log file that a sandbox writes and may have tampered with: opened without following links, and only when it is a
 * regular file, so that it can never show another file of this host.
 */
export class LogFile {
  readonly #path: string;
  #handle: FileHandle | undefined;
  #mayRelease = true;

  constructor(path: string) {
    this.#path = path;
  }

  /** Bytes that are there; 0 when the file is not (yet). */
  async size(): Promise<number> {
    const handle = await this.#open();
    return handle === undefined ? 0 : (await handle.stat()).size;
  }

  /** Up to `most` bytes from `position`; empty when there is nothing (yet). */
  async read(position: number, most: number): Promise<Uint8Array> {
    const handle = await this.#open();
    if (handle === undefined) return new Uint8Array();
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(most), 0, most, position);
    return buffer.subarray(0, bytesRead);
  }

  /** The bytes from `start` to `end`, piece by piece; less when the file became shorter. */
  async *pieces(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let position = start; position < end; ) {
      const bytes = await this.read(position, Math.min(PIECE, end - position));
      if (bytes.length === 0) return;
      position += bytes.length;
      yield bytes;
    }
  }

  /** Gives back the disk's room of the bytes from `start` to `end`, as far as the file system can. They read as zeros then. */
  async release(start: number, end: number): Promise<void> {
    if (!this.#mayRelease) return;
    const handle = await this.#open();
    if (handle !== undefined) this.#mayRelease = await punchHole(handle, start, end);
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #open(): Promise<FileHandle | undefined> {
    if (this.#handle !== undefined) return this.#handle;
    let handle: FileHandle;
    try {
      handle = await open(this.#path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
    if (!(await handle.stat()).isFile()) {
      await handle.close();
      return undefined;
    }
    this.#handle = handle;
    return handle;
  }
}

/** Not there, or a link in its place. */
function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ELOOP');
}

import { type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import type { OssUrl } from '../oss-url.ts';
import { LogFile } from './log-file.ts';
import { type LogOwner, logObjectOptions, openLogObject } from './open-log-object.ts';

/** Largest append. */
const MOST_BYTES = 1024 * 1024;
/** Most that a listener gets to read again after a restart. */
const MOST_BYTES_AGAIN = 16 * MOST_BYTES;

/** Gets the log's bytes in order, from its start (or, of a very long log that is taken up again, from later). */
export type LogListener = (bytes: Uint8Array) => void;

/**
 * One stream's way from its file to its object. The object's length is the position in the file, so that every byte
 * arrives exactly once, whoever goes on after a crash (spec/oss.md §6).
 */
export class LogStream {
  readonly #objects: ObjectStore;
  readonly #url: OssUrl;
  readonly #owner: LogOwner;
  readonly #file: LogFile;
  readonly #listener: LogListener | undefined;
  #position: number | undefined;
  /** Where the listener stands. */
  #heard = 0;

  constructor(objects: ObjectStore, url: OssUrl, owner: LogOwner, file: string, listener?: LogListener) {
    this.#objects = objects;
    this.#url = url;
    this.#owner = owner;
    this.#file = new LogFile(file);
    this.#listener = listener;
  }

  /** Finds where to go on, moving away an earlier try's log. Needed unless this is the instance's first attempt. */
  async open(): Promise<void> {
    this.#position = await openLogObject(this.#objects, this.#url, this.#owner);
  }

  /** Appends all that is in the file. Throws what the store throws; nothing is lost, a later call goes on. */
  async drain(): Promise<void> {
    while (await this.#appendOnce()) {
      // Until the file has no more.
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #appendOnce(): Promise<boolean> {
    const position = this.#position ?? 0;
    const bytes = await this.#file.read(position, MOST_BYTES);
    if (bytes.length === 0) return false;
    const options = position === 0 ? logObjectOptions(this.#owner) : {};
    try {
      const { nextPosition } = await this.#objects.append(
        this.#url.bucket,
        this.#url.key,
        position,
        oneChunk(bytes),
        options,
      );
      this.#position = nextPosition;
      await this.#tell(nextPosition);
    } catch (error) {
      if (!isOutOfStep(error)) throw error;
      await this.open();
    }
    return true;
  }

  async #tell(end: number): Promise<void> {
    if (this.#listener === undefined) return;
    this.#heard = Math.max(this.#heard, end - MOST_BYTES_AGAIN);
    while (this.#heard < end) {
      const bytes = await this.#file.read(this.#heard, Math.min(MOST_BYTES, end - this.#heard));
      if (bytes.length === 0) return;
      this.#heard += bytes.length;
      this.#listener(bytes);
    }
  }
}

/** Somebody wrote meanwhile, most likely ourselves before a lost reply; or an earlier log has the name. */
function isOutOfStep(error: unknown): boolean {
  if (!(error instanceof ObjectStoreError)) return false;
  return error.code === 'PositionNotEqualToLength' || error.code === 'ObjectNotAppendable';
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

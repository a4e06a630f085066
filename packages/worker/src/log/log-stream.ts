import { LOG_PART_BYTES, logPartKey } from '@rebatch/model';
import { type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import type { OssUrl } from '../oss-url.ts';
import { LogFile } from './log-file.ts';
import { type LogOwner, logObjectOptions, openLogObject } from './open-log-object.ts';

const MIB = 1024 * 1024;
/** Largest append: each costs the store the same waits for its disk, so that a stream that is behind makes few. */
const MOST_BYTES = 16 * MIB;
/** Most that a listener gets to read again after a restart; not less than an append. */
const MOST_BYTES_AGAIN = MOST_BYTES;
/** The file gives its room back in steps of so many bytes. */
const RELEASE_BYTES = 32 * MIB;

/** Gets the log's bytes in order, from its start (or, of a very long log that is taken up again, from later). */
type LogListener = (bytes: Uint8Array) => void;

/** One stream of one attempt. */
export interface LogStreamOptions {
  objects: ObjectStore;
  /** Of the log's object; what is too much for one goes to further ones (see logPartKey). */
  url: OssUrl;
  owner: LogOwner;
  /** Path of the file that the sandbox writes. */
  file: string;
  listener?: LogListener;
  /** Bytes of one object. Default: 5 GiB. */
  partBytes?: number;
  /** Uploaded bytes after which the file gives their room back. Default: 32 MiB. */
  releaseBytes?: number;
}

/**
 * One stream's way from its file to its objects. Their length is the position in the file, so that every byte arrives
 * exactly once, whoever goes on after a crash (spec/oss.md §6). The file keeps little of what is uploaded.
 */
export class LogStream {
  readonly #options: LogStreamOptions;
  readonly #partBytes: number;
  readonly #file: LogFile;
  #position: number | undefined;
  /** Where the listener stands. */
  #heard = 0;
  /** Up to where the file has given its room back. */
  #released = 0;

  constructor(options: LogStreamOptions) {
    this.#options = options;
    this.#partBytes = options.partBytes ?? LOG_PART_BYTES;
    this.#file = new LogFile(options.file);
  }

  /** Finds where to go on, moving away an earlier try's log. Needed unless this is the instance's first attempt. */
  async open(): Promise<void> {
    const { objects, url, owner } = this.#options;
    this.#position = await openLogObject(objects, url, owner, this.#partBytes);
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
    const { objects, url, owner } = this.#options;
    const position = this.#position ?? 0;
    const start = position % this.#partBytes;
    const length = Math.min(MOST_BYTES, this.#partBytes - start, (await this.#file.size()) - position);
    if (length <= 0) return false;
    const body = this.#file.pieces(position, position + length);
    const key = logPartKey(url.key, Math.floor(position / this.#partBytes));
    try {
      const options = start === 0 ? logObjectOptions(owner) : {};
      const { nextPosition } = await objects.append(url.bucket, key, start, body, options);
      this.#position = position - start + nextPosition;
      await this.#tell(this.#position);
      await this.#release(this.#position);
    } catch (error) {
      if (!isOutOfStep(error)) throw error;
      await this.open();
    }
    return true;
  }

  async #tell(end: number): Promise<void> {
    const { listener } = this.#options;
    if (listener === undefined) return;
    this.#heard = Math.max(this.#heard, end - MOST_BYTES_AGAIN);
    for await (const bytes of this.#file.pieces(this.#heard, end)) {
      this.#heard += bytes.length;
      listener(bytes);
    }
  }

  /** All but what a listener may want again. */
  async #release(position: number): Promise<void> {
    const { releaseBytes = RELEASE_BYTES } = this.#options;
    const end = position - MOST_BYTES_AGAIN;
    if (end - this.#released < releaseBytes) return;
    await this.#file.release(this.#released, end);
    this.#released = end;
  }
}

/** Somebody wrote meanwhile, most likely ourselves before a lost reply; or an earlier log has the name. */
function isOutOfStep(error: unknown): boolean {
  if (!(error instanceof ObjectStoreError)) return false;
  return error.code === 'PositionNotEqualToLength' || error.code === 'ObjectNotAppendable';
}

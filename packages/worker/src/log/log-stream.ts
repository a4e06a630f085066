import { type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import type { OssUrl } from '../oss-url.ts';
import { LogFile } from './log-file.ts';
import { type LogOwner, logObjectOptions, openLogObject } from './open-log-object.ts';

/** Largest append. */
const MOST_BYTES = 1024 * 1024;

/**
 * One stream's way from its file to its object. The object's length is the position in the file, so that every byte
 * arrives exactly once, whoever goes on after a crash (spec/oss.md §6).
 */
export class LogStream {
  readonly #objects: ObjectStore;
  readonly #url: OssUrl;
  readonly #owner: LogOwner;
  readonly #file: LogFile;
  #position: number | undefined;

  constructor(objects: ObjectStore, url: OssUrl, owner: LogOwner, file: string) {
    this.#objects = objects;
    this.#url = url;
    this.#owner = owner;
    this.#file = new LogFile(file);
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
    } catch (error) {
      if (!isOutOfStep(error)) throw error;
      await this.open();
    }
    return true;
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

import type { FrameSource } from './frame-source.ts';

/** Hands a source's frames out one by one and tells it what came of them. */
export class FrameQueue {
  readonly #source: FrameSource;
  readonly #isWritten: (frame: number) => Promise<boolean>;
  readonly #took: (frames: number) => void;
  readonly #owed: number[] = [];
  #ahead: number[] = [];
  #last = { rendered: 0, failed: 0 };
  #current: number | undefined;

  /**
   * @param isWritten whether the picture of a frame is there, now that the renderer says that it is done with it
   * @param took hears how many frames more came from the source
   */
  constructor(
    source: FrameSource,
    isWritten: (frame: number) => Promise<boolean>,
    took: (frames: number) => void,
  ) {
    this.#source = source;
    this.#isWritten = isWritten;
    this.#took = took;
  }

  /** Every frame that came from the source, in order: this instance answers for them. */
  get owed(): readonly number[] {
    return this.#owed;
  }

  /** Whether a frame is left. @throws StoreError */
  async hasMore(): Promise<boolean> {
    if (this.#current !== undefined) {
      this.#last[(await this.#isWritten(this.#current)) ? 'rendered' : 'failed'] += 1;
      this.#current = undefined;
    }
    if (this.#ahead.length > 0) return true;
    const last = this.#last;
    this.#last = { rendered: 0, failed: 0 };
    this.#ahead = [...(await this.#source.next(last))];
    for (const frame of this.#ahead) this.#owed.push(frame);
    this.#took(this.#ahead.length);
    return this.#ahead.length > 0;
  }

  /** The next frame, once the one before is done; undefined when there is none left. @throws StoreError */
  async next(): Promise<number | undefined> {
    await this.hasMore();
    this.#current = this.#ahead.shift();
    return this.#current;
  }
}

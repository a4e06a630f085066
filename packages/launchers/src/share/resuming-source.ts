import type { FrameList } from '@rebatch/frames';
import type { FrameSource, Outcome } from './frame-source.ts';

const PARALLEL = 16;

/** Leaves out the frames whose pictures are there already. */
export class ResumingSource implements FrameSource {
  readonly #source: FrameSource;
  readonly #isFinished: (frame: number) => Promise<boolean>;
  readonly #skipped: (frame: number) => void;

  constructor(
    source: FrameSource,
    isFinished: (frame: number) => Promise<boolean>,
    skipped: (frame: number) => void,
  ) {
    this.#source = source;
    this.#isFinished = isFinished;
    this.#skipped = skipped;
  }

  async next(last: Outcome): Promise<FrameList> {
    for (let outcome = last; ; outcome = { rendered: 0, failed: 0 }) {
      const frames = await this.#source.next(outcome);
      if (frames.length === 0) return frames;
      const left = await this.#unfinished(frames);
      if (left.length > 0) return left;
    }
  }

  async #unfinished(frames: FrameList): Promise<number[]> {
    const finished = new Set<number>();
    const queue = frames.values();
    const work = async (): Promise<void> => {
      for (const frame of queue) if (await this.#isFinished(frame)) finished.add(frame);
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    for (const frame of frames) if (finished.has(frame)) this.#skipped(frame);
    return frames.filter((frame) => !finished.has(frame));
  }
}

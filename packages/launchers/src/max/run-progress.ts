import type { ProgressLine } from '../progress-lines.ts';
import type { FrameRun } from './frame-runs.ts';
import { fileName, type MaxPictures, type Picture } from './max-pictures.ts';
import type { MaxOptions } from './options.ts';

export interface RunProgressParts {
  readonly pictures: MaxPictures;
  readonly name: MaxOptions['name'];
  readonly report: (line: ProgressLine) => void;
}

/**
 * Follows a run of 3ds Max by its pictures, whatever the program prints: a frame is done when there is something of the next
 * one, as the picture itself may be half written, or when the program has ended.
 */
export class RunProgress {
  readonly #run: FrameRun;
  readonly #parts: RunProgressParts;
  #frame: number;
  /** When the frame was begun, by the clock that times pictures. */
  #began = Date.now();
  #looking: Promise<void> | undefined;

  constructor(run: FrameRun, parts: RunProgressParts) {
    this.#run = run;
    this.#parts = parts;
    this.#frame = run.first;
    parts.report({ kind: 'rendering', frame: run.first });
  }

  /** Looks while the program runs; one look at a time. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** The program has ended: tells of all that is left. @returns the frames without a picture, in order */
  async end(): Promise<number[]> {
    await this.#looking;
    const missing: number[] = [];
    while (this.#frame <= this.#run.last) {
      const picture = await this.#parts.pictures.written(this.#frame);
      if (picture === undefined) {
        missing.push(this.#frame);
        this.#frame += 1;
      } else this.#saved(picture);
    }
    return missing;
  }

  /** What `missing` reports of a frame. */
  missing(frame: number): ProgressLine {
    return { kind: 'missing', frame, file: fileName(this.#parts.name, frame) };
  }

  async #look(): Promise<void> {
    while (this.#frame < this.#run.last) {
      const picture = await this.#parts.pictures.written(this.#frame);
      const next = await this.#parts.pictures.written(this.#frame + 1);
      if (picture === undefined || next === undefined) return;
      this.#saved(picture);
      this.#parts.report({ kind: 'rendering', frame: this.#frame });
    }
  }

  #saved({ file, at }: Picture): void {
    const seconds = Math.max(0, at - this.#began) / 1000;
    this.#parts.report({ kind: 'saved', frame: this.#frame, file, seconds });
    this.#began = Math.max(this.#began, at);
    this.#frame += 1;
  }
}

import type { ProgressLine } from '../progress-lines.ts';
import type { FrameRun } from './frame-runs.ts';
import { fileName, type MaxPictures } from './max-pictures.ts';
import type { MaxOptions } from './options.ts';

export interface RunProgressParts {
  readonly pictures: MaxPictures;
  readonly name: MaxOptions['name'];
  readonly report: (line: ProgressLine) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/**
 * Follows a run of 3ds Max by its pictures, whatever the program prints: a frame is done when there is something of the next
 * one, as the picture itself may be half written, or when the program has ended.
 */
export class RunProgress {
  readonly #run: FrameRun;
  readonly #parts: RunProgressParts;
  #frame: number;
  #began: number;
  #looking = false;

  constructor(run: FrameRun, parts: RunProgressParts) {
    this.#run = run;
    this.#parts = parts;
    this.#frame = run.first;
    this.#began = parts.now();
    parts.report({ kind: 'rendering', frame: run.first });
  }

  /** Looks while the program runs. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      while (this.#frame < this.#run.last) {
        const file = await this.#parts.pictures.written(this.#frame);
        if (file === undefined || (await this.#parts.pictures.written(this.#frame + 1)) === undefined) return;
        this.#saved(file);
        this.#parts.report({ kind: 'rendering', frame: this.#frame });
      }
    } finally {
      this.#looking = false;
    }
  }

  /** The program has ended: tells of all that is left. @returns the frames without a picture, in order */
  async end(): Promise<number[]> {
    const missing: number[] = [];
    while (this.#frame <= this.#run.last) {
      const file = await this.#parts.pictures.written(this.#frame);
      if (file === undefined) {
        missing.push(this.#frame);
        this.#frame += 1;
      } else this.#saved(file);
    }
    return missing;
  }

  /** What `missing` reports of a frame. */
  missing(frame: number): ProgressLine {
    return { kind: 'missing', frame, file: fileName(this.#parts.name, frame) };
  }

  #saved(file: string): void {
    const { report, now } = this.#parts;
    const at = now();
    report({ kind: 'saved', frame: this.#frame, file, seconds: (at - this.#began) / 1000 });
    this.#began = at;
    this.#frame += 1;
  }
}

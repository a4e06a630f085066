import { canonical, type FrameList } from '@rebatch/frames';
import type { ProgressLine } from '../progress-lines.ts';
import type { Outcome } from '../share/frame-source.ts';
import type { ChunkRender } from '../share/run-share.ts';
import { type FrameRun, framesOf, frameRuns } from './frame-runs.ts';
import { maxArguments } from './max-arguments.ts';
import { MaxComplaints } from './max-complaints.ts';
import type { MaxPictures } from './max-pictures.ts';
import type { MaxOptions } from './options.ts';
import { type MaxExit, quoteFor, runMax } from './run-max.ts';
import { RunProgress } from './run-progress.ts';

/** Between two looks for new pictures, in milliseconds. */
const LOOK_MS = 1000;

export interface MaxRenderParts {
  readonly program: string;
  readonly options: MaxOptions;
  /** Absolute. */
  readonly scene: string;
  readonly pictures: MaxPictures;
  readonly env: NodeJS.ProcessEnv;
  readonly report: (line: ProgressLine) => void;
  /** Gets every line of 3ds Max. */
  readonly write: (line: string) => void;
}

/** Runs 3ds Max as often as it takes, and knows what came of it. */
export class MaxRender implements ChunkRender {
  readonly #complaints = new MaxComplaints();
  /** Frames without a picture, in the order in which they were found out. */
  readonly missing: number[] = [];
  readonly #parts: MaxRenderParts;
  /** Of the last run. */
  #exit: MaxExit = { code: 0, signal: null };

  constructor(parts: MaxRenderParts) {
    this.#parts = parts;
  }

  /** What ended the last run; then there are no more. */
  get signal(): NodeJS.Signals | null {
    return this.#exit.signal;
  }

  /** What 3ds Max complains of may show in a picture that it wrote nevertheless. */
  get isSound(): boolean {
    return this.#complaints.lines.length === 0;
  }

  /** Every stretch without gaps is a run of its own. */
  async render(frames: FrameList): Promise<Outcome> {
    const before = this.missing.length;
    for (const run of frameRuns(frames)) {
      if (this.signal === null) await this.#render(run);
      else this.missing.push(...framesOf(run));
    }
    const failed = this.missing.length - before;
    return { rendered: frames.length - failed, failed };
  }

  explainEnd(count: number): string[] {
    const { code, signal } = this.#exit;
    const lines = this.#complaints.lines.map((line) => `3ds Max said: ${line}`);
    if (this.missing.length > 0)
      lines.unshift(`${this.missing.length} of ${count} frames are missing: ${canonical(this.missing)}`);
    if (signal !== null) lines.push(`3ds Max was ended by ${signal}`);
    else if (code !== 0) lines.push(`3ds Max ended with exit code ${code}`);
    return lines;
  }

  async #render(run: FrameRun): Promise<void> {
    const { program, options, scene, pictures, env, report, write } = this.#parts;
    const progress = new RunProgress(run, { pictures, name: options.name, report });
    const timer = setInterval(() => void progress.look(), LOOK_MS);
    let failedAtFrame = false;
    try {
      const words = maxArguments(options, scene, run, quoteFor(process.platform));
      this.#exit = await runMax(program, words, env, (line) => {
        write(line);
        failedAtFrame = this.#complaints.take(line) === 'frame' || failedAtFrame;
      });
    } finally {
      clearInterval(timer);
    }
    const left = await progress.end();
    const [first] = left;
    if (first === undefined) return;
    // It gave up at a frame that it cannot render; those behind it are not lost for that.
    const goesOn = failedAtFrame && this.#exit.signal === null && left.length === run.last - first + 1;
    const lost = goesOn ? [first] : left;
    for (const frame of lost) report(progress.missing(frame));
    this.missing.push(...lost);
    if (goesOn && first < run.last) await this.#render({ first: first + 1, last: run.last });
  }
}

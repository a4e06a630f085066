import { relative } from 'node:path';
import type { BlenderEvent } from '../blender-log.ts';
import type { ProgressLine } from '../progress-lines.ts';

/** At most this many sample lines a frame: a log is read, stored and sent. */
const SAMPLE_LINES = 20;

/** Turns Blender's events into progress lines. */
export class ProgressReporter {
  readonly #outputDir: string;
  readonly #write: (line: ProgressLine) => void;
  readonly #movie: string | undefined;
  readonly #frameOf: ReadonlyMap<string, number>;
  #frame: number | undefined;
  #sampleStep = 0;
  #megabytes: number | undefined;
  /** A saved frame whose seconds come in the next line. */
  #pending: Extract<ProgressLine, { kind: 'saved' | 'appended' }> | undefined;

  /**
   * @param outputDir absolute
   * @param fileOf file of each frame, relative to outputDir; empty for a movie
   * @param movie the movie's file when all frames go into one
   */
  constructor(
    outputDir: string,
    fileOf: ReadonlyMap<number, string>,
    movie: string | undefined,
    write: (line: ProgressLine) => void,
  ) {
    this.#outputDir = outputDir;
    this.#write = write;
    this.#movie = movie;
    this.#frameOf = new Map([...fileOf].map(([frame, file]) => [file, frame]));
  }

  take(event: BlenderEvent): void {
    if (event.kind === 'time') {
      this.#flush(event.seconds);
    } else if (event.kind === 'working') {
      this.#flush();
      this.#working(event);
    } else if (event.kind === 'saved') {
      this.#flush();
      this.#saved(event.path);
    } else if (event.kind === 'appended' && this.#movie !== undefined) {
      this.#flush();
      this.#pending = { kind: 'appended', frame: event.frame, file: this.#movie, ...this.#memory() };
    }
  }

  /** Reports what waited for a line that did not come. */
  end(): void {
    this.#flush();
  }

  #working({ frame, sample, peakMegabytes }: Extract<BlenderEvent, { kind: 'working' }>): void {
    if (frame !== this.#frame) {
      this.#frame = frame;
      this.#sampleStep = 0;
      this.#megabytes = undefined;
      this.#write({ kind: 'rendering', frame });
    }
    if (peakMegabytes !== undefined) this.#megabytes = Math.max(this.#megabytes ?? 0, peakMegabytes);
    if (sample === undefined || sample.of === 0) return;
    const step = Math.floor((sample.done * SAMPLE_LINES) / sample.of);
    if (step <= this.#sampleStep) return;
    this.#sampleStep = step;
    this.#write({ kind: 'rendering', frame, sample });
  }

  #saved(path: string): void {
    const file = relative(this.#outputDir, path);
    const frame = this.#frameOf.get(file);
    if (frame !== undefined) this.#pending = { kind: 'saved', frame, file, ...this.#memory() };
  }

  #memory(): { megabytes?: number } {
    return this.#megabytes === undefined ? {} : { megabytes: this.#megabytes };
  }

  #flush(seconds?: number): void {
    if (this.#pending === undefined) return;
    this.#write({ ...this.#pending, ...(seconds === undefined ? {} : { seconds }) });
    this.#pending = undefined;
  }
}

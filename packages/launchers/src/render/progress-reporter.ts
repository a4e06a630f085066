import { relative } from 'node:path';
import type { BlenderEvent } from '../blender-log.ts';
import type { ProgressLine } from '../progress-lines.ts';
import type { Outputs } from './outputs.ts';

/** At most this many sample lines a frame: a log is read, stored and sent. */
const SAMPLE_LINES = 20;

/** Turns Blender's events into progress lines. */
export class ProgressReporter {
  readonly #outputDir: string;
  readonly #write: (line: ProgressLine) => void;
  readonly #movie: string | undefined;
  readonly #frameOf: ReadonlyMap<string, number>;
  readonly #appended = new Set<number>();
  #frame: number | undefined;
  #sampleStep = 0;
  #megabytes: number | undefined;
  /** A saved frame whose seconds come in the next line. */
  #pending: Extract<ProgressLine, { kind: 'saved' | 'appended' }> | undefined;

  /** @param outputDir absolute */
  constructor(outputDir: string, outputs: Outputs, write: (line: ProgressLine) => void) {
    this.#outputDir = outputDir;
    this.#write = write;
    const files = outputs.kind === 'frames' ? outputs.fileOf : new Map<number, string>();
    this.#frameOf = new Map([...files].map(([frame, file]) => [file, frame]));
    // FFMPEG's ending is known only when the file is there.
    const [extension, second] = outputs.kind === 'movie' ? outputs.extensions : [];
    this.#movie =
      outputs.kind === 'movie' ? outputs.stem + (second === undefined ? extension : '') : undefined;
  }

  /** The frames that went into the movie. */
  get appended(): ReadonlySet<number> {
    return this.#appended;
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
      this.#appended.add(event.frame);
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

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProgressLine } from '../progress-lines.ts';
import { makeFolder } from '../render/make-folder.ts';
import { makeThumbnails, ThumbnailError } from './make-thumbnails.ts';
import type { ThumbnailsPlace } from './thumbnails-place.ts';

export interface ThumbnailsPlan {
  /** The program. */
  readonly ffmpeg: string;
  /** Where the frames' pictures are, absolute. */
  readonly outputDir: string;
  readonly place: ThumbnailsPlace;
  readonly report: (line: ProgressLine) => void;
  readonly say: (text: string) => void;
  /** Milliseconds since the program's start. */
  readonly elapsed: () => number;
}

type Saved = Extract<ProgressLine, { kind: 'saved' | 'appended' }>;

/** Starting ffmpeg costs more than most pictures do. Windows hands on no more than stdout. */
const MOST_AT_ONCE = process.platform === 'win32' ? 1 : 8;
/** So many frames in a row without one, and the trouble is the format's or the disk's. */
const TOO_MANY_FAILURES = 3;
/** How much longer an instance may take for the last ones: this part of its time, but ten seconds are always given. */
const END_PART = 1 / 20;
const END_MS = 10_000;

/**
 * Makes a small picture of each frame that is saved, while the next ones are rendered. It never fails and never waits for
 * long: what cannot be made is a line for people.
 */
export class Thumbnails {
  readonly #plan: ThumbnailsPlan;
  readonly #stop = new AbortController();
  readonly #waiting: Saved[] = [];
  #working: Promise<void> | undefined;
  #failures = 0;
  /** Nothing more is made from then on, by `elapsed`. */
  #until = Number.POSITIVE_INFINITY;

  constructor(plan: ThumbnailsPlan) {
    this.#plan = plan;
  }

  take(line: ProgressLine): void {
    if (line.kind !== 'saved' || this.#stop.signal.aborted) return;
    this.#waiting.push(line);
    this.#working ??= this.#work();
  }

  /** All frames are rendered: resolves when their pictures are made, or have had their time. */
  async end(): Promise<void> {
    const elapsed = this.#plan.elapsed();
    this.#until = elapsed + Math.max(END_MS, elapsed * END_PART);
    await this.#working;
    this.close();
  }

  /** Makes none any more. */
  close(): void {
    this.#waiting.length = 0;
    this.#stop.abort();
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0 && this.#plan.elapsed() < this.#until) {
      const frames = this.#waiting.splice(0, MOST_AT_ONCE);
      // One that cannot be read spoils a whole run; on their own the others come out.
      if (frames.length === 1 || !(await this.#make(frames))) {
        for (const frame of frames) await this.#makeOne(frame);
      }
    }
    // At once, so that nobody finds it at work who comes now.
    this.#working = undefined;
    if (this.#waiting.length > 0)
      this.#plan.say(`${this.#waiting.length} frames have no thumbnail: there was no time for them`);
  }

  async #make(frames: readonly Saved[]): Promise<boolean> {
    try {
      await this.#makeAll(frames);
      return true;
    } catch {
      return false;
    }
  }

  async #makeOne(frame: Saved): Promise<void> {
    if (this.#stop.signal.aborted) return;
    try {
      await this.#makeAll([frame]);
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#failed(frame, error);
    }
  }

  async #makeAll(frames: readonly Saved[]): Promise<void> {
    const { ffmpeg, outputDir, place, report } = this.#plan;
    const pictures = frames.map(({ file }) => join(outputDir, file));
    const made = await makeThumbnails(ffmpeg, pictures, this.#stop.signal);
    await makeFolder(place.folder);
    for (const [index, { frame }] of frames.entries()) {
      await writeFile(place.pathOf(frame), made[index] ?? '');
      report({ kind: 'thumbnail', frame, file: place.nameOf(frame) });
    }
    this.#failures = 0;
  }

  #failed({ frame }: Saved, error: unknown): void {
    const { say, ffmpeg } = this.#plan;
    if (error instanceof ThumbnailError && error.isProgramMissing) {
      say(`there are no thumbnails, as there is no program ${ffmpeg}; REBATCH_FFMPEG names one`);
      this.close();
      return;
    }
    say(`no thumbnail of frame ${frame}: ${error instanceof Error ? error.message : String(error)}`);
    this.#failures += 1;
    if (this.#failures < TOO_MANY_FAILURES) return;
    say('no more thumbnails are tried');
    this.close();
  }
}

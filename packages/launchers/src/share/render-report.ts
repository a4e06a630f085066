import { formatProgressLine, type ProgressLine } from '../progress-lines.ts';
import type { Surroundings } from '../surroundings.ts';
import { Thumbnails } from '../thumbnails/thumbnails.ts';
import { thumbnailsPlace } from '../thumbnails/thumbnails-place.ts';

/** What a render's options say of its pictures. */
export interface PictureOptions {
  /** Absolute. */
  readonly outputDir: string;
  /** Whether small pictures are wanted. */
  readonly thumbnails: boolean;
}

/**
 * What a launcher says of its render, from its start on: to people, and to programs by progress lines. A frame that it calls
 * saved gets its small picture. Close it when done.
 */
export class RenderReport {
  readonly #name: string;
  readonly #surroundings: Surroundings;
  readonly #started: number;
  readonly #thumbnails: Thumbnails | undefined;

  /** @param name of the launcher */
  constructor(name: string, surroundings: Surroundings, { outputDir, thumbnails }: PictureOptions) {
    this.#name = name;
    this.#surroundings = surroundings;
    this.#started = surroundings.now();
    const { env } = surroundings;
    if (!thumbnails) return;
    this.#thumbnails = new Thumbnails({
      ffmpeg: env['REBATCH_FFMPEG'] || 'ffmpeg',
      outputDir,
      place: thumbnailsPlace(env, outputDir),
      report: this.line,
      say: this.say,
      elapsed: this.elapsed,
    });
  }

  /** Milliseconds since the program's start. */
  readonly elapsed = (): number => this.#surroundings.now() - this.#started;

  readonly say = (text: string): void => {
    this.#surroundings.write(`${this.#name}: ${text}`);
  };

  readonly line = (line: ProgressLine): void => {
    this.#surroundings.write(formatProgressLine(line));
    this.#thumbnails?.take(line);
  };

  /** The render came to its end; if a signal did not end it, the last small pictures are waited for. */
  async done(saved: number, missing: number, signal: NodeJS.Signals | null): Promise<void> {
    if (signal === null) await this.#thumbnails?.end();
    this.#done(saved, missing);
  }

  /** @returns the exit code */
  nothingToDo(): number {
    this.say('Nothing to do, exit');
    this.#done(0, 0);
    return 0;
  }

  /** Lets go of small pictures in the making. */
  close(): void {
    this.#thumbnails?.close();
  }

  #done(saved: number, missing: number): void {
    this.line({ kind: 'done', saved, missing, seconds: this.elapsed() / 1000 });
  }
}

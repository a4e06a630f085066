import { formatProgressLine, type ProgressLine } from '../progress-lines.ts';
import type { Surroundings } from '../surroundings.ts';

/** What a launcher says of its render, from its start on: to people, and to programs by progress lines. */
export class RenderReport {
  readonly #name: string;
  readonly #surroundings: Surroundings;
  readonly #started: number;

  /** @param name of the launcher */
  constructor(name: string, surroundings: Surroundings) {
    this.#name = name;
    this.#surroundings = surroundings;
    this.#started = surroundings.now();
  }

  /** Milliseconds since the program's start. */
  readonly elapsed = (): number => this.#surroundings.now() - this.#started;

  readonly say = (text: string): void => {
    this.#surroundings.write(`${this.#name}: ${text}`);
  };

  readonly line = (line: ProgressLine): void => {
    this.#surroundings.write(formatProgressLine(line));
  };

  done(saved: number, missing: number): void {
    this.line({ kind: 'done', saved, missing, seconds: this.elapsed() / 1000 });
  }

  /** @returns the exit code */
  nothingToDo(): number {
    this.say('Nothing to do, exit');
    this.done(0, 0);
    return 0;
  }
}

import { stripVTControlCharacters } from 'node:util';
import type { Io } from '../io.ts';

/**
 * Lines that stay, and below them one that is redrawn in place. Where nothing can be redrawn (a file, a pipe), only the
 * lines that stay are written.
 */
export class LiveDisplay {
  readonly #io: Io;
  #shown = false;
  #status = '';

  constructor(io: Io) {
    this.#io = io;
  }

  /** True when `status` is seen at all. */
  get interactive(): boolean {
    return this.#io.interactive;
  }

  /** Writes a line for good. */
  line(text: string): void {
    this.#erase();
    this.#io.err(`${text}\n`);
    this.#draw();
  }

  /** Replaces the line at the bottom. */
  status(text: string): void {
    if (!this.interactive || (text === this.#status && this.#shown)) return;
    this.#erase();
    this.#status = text;
    this.#draw();
  }

  /** Takes the line at the bottom away. */
  clear(): void {
    this.#erase();
    this.#status = '';
  }

  #draw(): void {
    if (!this.interactive || this.#status === '') return;
    this.#io.err(cut(this.#status, this.#io.columns() - 1));
    this.#shown = true;
  }

  #erase(): void {
    if (!this.#shown) return;
    this.#io.err('\r\u001b[2K');
    this.#shown = false;
  }
}

/** A line longer than the terminal would wrap, and could then not be erased. */
function cut(text: string, width: number): string {
  const plain = stripVTControlCharacters(text);
  return plain.length <= width ? text : `${plain.slice(0, Math.max(0, width - 1))}…`;
}

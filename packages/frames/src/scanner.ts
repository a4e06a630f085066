import { MAX_FRAME_NUMBER } from './frame-list.ts';
import { FrameSyntaxError } from './frame-syntax-error.ts';

/** A place in a frame list's text, moving right. Knows characters and numbers, not the grammar. */
export class Scanner {
  readonly text: string;
  /** Index of the next character, from 0. */
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Takes `token` (case does not matter) if it stands here. */
  take(token: string): boolean {
    const here = this.text.slice(this.position, this.position + token.length);
    if (here.toLowerCase() !== token) return false;
    this.position += token.length;
    return true;
  }

  takeBlanks(): boolean {
    const before = this.position;
    while (/^[ \t\r\n]$/.test(this.text.charAt(this.position))) this.position += 1;
    return this.position > before;
  }

  atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /**
   * Takes a whole number with an optional minus.
   * @throws FrameSyntaxError when none stands here, or one beyond 32 bits.
   */
  takeNumber(expected: string): number {
    const match = /^-?[0-9]+/.exec(this.text.slice(this.position, this.position + 64));
    if (match === null) {
      // A lonely minus is part of the number that did not come: the trouble is behind it.
      if (this.text.charAt(this.position) === '-') this.position += 1;
      throw this.trouble(expected);
    }
    const value = Number(match[0]);
    if (Math.abs(value) > MAX_FRAME_NUMBER) {
      throw this.troubleAt(this.position, match[0], `a number up to ${MAX_FRAME_NUMBER}`);
    }
    this.position += match[0].length;
    return value === 0 ? 0 : value; // no minus zero
  }

  trouble(expected: string): FrameSyntaxError {
    return this.troubleAt(this.position, this.#here(), expected);
  }

  troubleAt(position: number, found: string, expected: string): FrameSyntaxError {
    return new FrameSyntaxError(this.text, position + 1, found, expected);
  }

  #here(): string {
    const codePoint = this.text.codePointAt(this.position);
    if (codePoint === undefined) return 'the end of the list';
    const word = /^[A-Za-z]+/.exec(this.text.slice(this.position, this.position + 16));
    return `'${word?.[0] ?? String.fromCodePoint(codePoint)}'`;
  }
}

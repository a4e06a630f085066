/** Thrown when a text is not a frame list (spec/render.md §1): says where, what was found and what would fit. */
export class FrameSyntaxError extends Error {
  override readonly name = 'FrameSyntaxError';
  /** The whole text that was read. */
  readonly text: string;
  /** Where the trouble is, counted from 1. One past the last character means "at the end". */
  readonly column: number;
  /** What stands there, ready to be printed: `'x'`, `the end of the list`, `2000000 frames`. */
  readonly found: string;
  /** What would have been right there: `a frame number`. */
  readonly expected: string;

  constructor(text: string, column: number, found: string, expected: string) {
    super(`column ${column}: found ${found}; ${expected} would fit`);
    this.text = text;
    this.column = column;
    this.found = found;
    this.expected = expected;
  }
}

/**
 * The text and a caret below the trouble, for a terminal. A long text is cut to its neighbourhood, and control characters
 * become blanks, so that the caret stands right and a log line cannot be forged.
 */
export function pointAt(error: FrameSyntaxError): string {
  const first = Math.max(0, error.column - 1 - 40);
  const shown = error.text.slice(first, first + 72).replace(/\p{Cc}/gu, ' ');
  return `${shown}\n${' '.repeat(error.column - 1 - first)}^`;
}

import { countFrames, type FrameElement } from './frame-element.ts';
import { MAX_FRAMES } from './frame-list.ts';
import type { Scanner } from './scanner.ts';

/** Longest first, so that no token hides another. `:` is a step as Deadline and OpenJD have it (spec/render.md §1). */
const STEP_TOKENS = ['every', 'step', 'by', 'x', ':'] as const;

/**
 * Reads one element: `7`, `1-10`, `1-10x2`, `1-10y3`, `1-10~5`, `1-10@` and their other spellings.
 * @throws FrameSyntaxError where the text does not follow the grammar, or when it names no frame or too many.
 */
export function parseElement(scanner: Scanner): FrameElement {
  const first = scanner.position;
  const start = scanner.takeNumber('a frame number');
  if (!scanner.take('..') && !scanner.take('-') && !scanner.take(':')) {
    expectSeparator(scanner, "a range such as 1-10, ',' or the end");
    return { kind: 'every', start, end: start, interval: 1 };
  }
  const end = scanner.takeNumber('the last frame of the range');
  const element = parseModifier(scanner, start, end);
  const count = countFrames(element);
  if (count > MAX_FRAMES) {
    throw scanner.troubleAt(first, `${count} frames`, `at most ${MAX_FRAMES} frames`);
  }
  if (count === 0) {
    const found = `'${scanner.text.slice(first, scanner.position)}', which names no frame`;
    throw scanner.troubleAt(first, found, 'a range with frames left over');
  }
  return element;
}

function parseModifier(scanner: Scanner, start: number, end: number): FrameElement {
  const interval = (): number => parseInterval(scanner, start, end);
  let element: FrameElement;
  if (STEP_TOKENS.some((token) => scanner.take(token))) {
    element = { kind: 'every', start, end, interval: interval() };
  } else if (scanner.take('y')) {
    element = { kind: 'between', start, end, interval: interval() };
  } else if (scanner.take('~')) {
    element = { kind: 'interleave', start, end, interval: interval() };
  } else if (scanner.take('@')) {
    element = { kind: 'halves', start, end, interval: 1 };
  } else {
    expectSeparator(scanner, "a step such as x5, ',' or the end");
    return { kind: 'every', start, end, interval: 1 };
  }
  expectSeparator(scanner, "',' or the end");
  return element;
}

/** The direction is written twice in `10-1x-2`; a sign that contradicts the range is refused, not guessed at. */
function parseInterval(scanner: Scanner, start: number, end: number): number {
  const position = scanner.position;
  const interval = scanner.takeNumber('a step');
  if (interval === 0) throw scanner.troubleAt(position, '0', 'a step other than 0');
  if (interval < 0 && end > start) {
    throw scanner.troubleAt(position, String(interval), 'a positive step, as the range goes up,');
  }
  return Math.abs(interval);
}

function expectSeparator(scanner: Scanner, expected: string): void {
  if (!scanner.atEnd() && !/^[, \t\r\n]$/.test(scanner.text.charAt(scanner.position))) {
    throw scanner.trouble(expected);
  }
}

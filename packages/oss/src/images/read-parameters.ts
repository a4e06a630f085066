import { invalidParameter } from './image-problems.ts';

/** What follows the name of an action: `w_100` under `w`; a value without a name under the empty one. */
export type Parameters = ReadonlyMap<string, string>;

/** Takes `w_100,m_fill` apart; what comes twice counts as it was said last, unknown names are nobody's concern. */
export function splitParameters(parts: readonly string[]): Parameters {
  return new Map(
    parts.map((part) => {
      const mark = part.indexOf('_');
      return mark < 0 ? ['', part] : [part.slice(0, mark), part.slice(mark + 1)];
    }),
  );
}

/** Bounds of a whole number, inclusive, and the vendor's number for what is none of them. */
export interface Bounds {
  min: number;
  max: number;
  ec?: string;
}

/**
 * A whole number, or nothing when it is not given. `action`: for the message.
 * @throws ImageProblemError InvalidArgument
 */
export function readNumber(
  parameters: Parameters,
  action: string,
  name: string,
  { min, max, ec }: Bounds,
): number | undefined {
  const text = parameters.get(name);
  if (text === undefined) {
    return undefined;
  }
  const value = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw invalidParameter(`The value: ${text} of parameter: ${nameOf(action, name)} is invalid.`, ec);
  }
  return value;
}

/**
 * The same where there must be one.
 * @throws ImageProblemError InvalidArgument
 */
export function requireNumber(parameters: Parameters, action: string, name: string, bounds: Bounds): number {
  const value = readNumber(parameters, action, name, bounds);
  if (value === undefined) {
    throw invalidParameter(`The parameter: ${nameOf(action, name)} is missing.`, bounds.ec);
  }
  return value;
}

/**
 * One of some words, or nothing when it is not given.
 * @throws ImageProblemError InvalidArgument
 */
export function readWord<Word extends string>(
  parameters: Parameters,
  action: string,
  name: string,
  words: readonly Word[],
  ec?: string,
): Word | undefined {
  const text = parameters.get(name);
  if (text === undefined) {
    return undefined;
  }
  const word = words.find((one) => one === text);
  if (word === undefined) {
    throw invalidParameter(`The value: ${text} of parameter: ${nameOf(action, name)} is invalid.`, ec);
  }
  return word;
}

function nameOf(action: string, name: string): string {
  return name === '' ? action : `${action}.${name}`;
}

import { invalidHttpBody, invalidParameter, missingParameter } from './errors.ts';
import { numeric } from './numeric.ts';
import { record } from './record.ts';

/** What a text may look like. Lengths in characters (UTF-16). */
export interface TextRule {
  max: number;
  min?: number;
  /** With the sentence that says what it wants: "It must only contain …". */
  pattern?: { matches: RegExp; why: string };
}

/**
 * One place of a request's body: a value and the path to it. Reading checks the value and throws the error of the wire
 * for that path (spec/batchcompute-api.md §17.2). Null, "", {} and [] all mean "not given" (spec/clients.md §9, point 6);
 * keys that nobody asks for are never looked at, however deep they go.
 */
export class Field {
  /** From the body's root, with dots: `DAG.Tasks.render.Timeout`. "" for the root. */
  readonly path: string;
  readonly #value: unknown;
  readonly #context: string;

  private constructor(value: unknown, path: string, context: string) {
    this.#value = value;
    this.path = path;
    this.#context = context;
  }

  /** @throws InvalidHttpBody when the body is not a JSON object. */
  static ofBody(body: unknown): Field {
    if (!isObject(body)) throw invalidHttpBody();
    return new Field(body, '', '');
  }

  get given(): boolean {
    const value = this.#value;
    if (value === undefined || value === null || value === '') return false;
    if (Array.isArray(value)) return value.length > 0;
    return !isObject(value) || !isEmptyObject(value);
  }

  /** The error of this field with a reason: "It must be in [1, 5]." For the caller to throw. */
  invalid(why: string): Error {
    return invalidParameter(this.path, this.#context === '' ? why : `${why} (${this.#context})`);
  }

  /** The error of this field not being given. For the caller to throw. */
  missing(): Error {
    return missingParameter(this.path);
  }

  /** The same value under the path that the vendor's error codes use for it; `context` tells people where it was. */
  reportedAs(path: string, context: string): Field {
    return new Field(this.#value, path, context);
  }

  /** A key of this object; the key of something not given is not given. */
  at(key: string): Field {
    const path = this.path === '' ? printable(key) : `${this.path}.${printable(key)}`;
    if (!this.given) return new Field(undefined, path, this.#context);
    const object = this.#object();
    return new Field(Object.hasOwn(object, key) ? object[key] : undefined, path, this.#context);
  }

  /** This object's keys and values in their order; none when not given. */
  entries(maxCount: number): [key: string, value: Field][] {
    if (!this.given) return [];
    const keys = Object.keys(this.#object());
    if (keys.length > maxCount) throw this.invalid(`Its size must be in [0, ${maxCount}].`);
    return keys.map((key) => [key, this.at(key)]);
  }

  /** This list's items; none when not given. */
  items(maxCount: number): Field[] {
    if (!this.given) return [];
    if (!Array.isArray(this.#value)) throw this.invalid('Its type must be array.');
    if (this.#value.length > maxCount) throw this.invalid(`Its size must be in [0, ${maxCount}].`);
    return this.#value.map((item: unknown, index) => new Field(item, `${this.path}.${index}`, this.#context));
  }

  text(rule: TextRule): string | undefined {
    if (!this.given) return undefined;
    if (typeof this.#value !== 'string') throw this.invalid('Its type must be string.');
    const { length } = this.#value;
    const min = rule.min ?? 1;
    if (length < min || length > rule.max) throw this.invalid(`Its length must be in [${min}, ${rule.max}].`);
    if (rule.pattern !== undefined && !rule.pattern.matches.test(this.#value)) {
      throw this.invalid(rule.pattern.why);
    }
    return this.#value;
  }

  requiredText(rule: TextRule): string {
    const text = this.text(rule);
    if (text === undefined) throw this.missing();
    return text;
  }

  choice<const T extends string>(choices: readonly T[]): T | undefined {
    const text = this.text({ max: Number.POSITIVE_INFINITY });
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw this.invalid(`It must be one of [${choices.join(', ')}].`);
    return found;
  }

  /** A whole number, or its decimal text: JavaSDK repeats a refused priority as text (spec §17.1). */
  integer(min: number, max: number): number | undefined {
    if (!this.given) return undefined;
    const number = numeric(this.#value);
    if (number === undefined || !Number.isInteger(number)) throw this.invalid('Its type must be integer.');
    if (number < min || number > max) throw this.invalid(`It must be in [${min}, ${max}].`);
    return number;
  }

  number(min: number, max: number): number | undefined {
    if (!this.given) return undefined;
    const number = numeric(this.#value);
    if (number === undefined) throw this.invalid('Its type must be number.');
    if (number < min || number > max) throw this.invalid(`It must be in [${min}, ${max}].`);
    return number;
  }

  /** A JSON boolean, or the words true and false, which clients that read INI files send. */
  flag(): boolean | undefined {
    if (!this.given) return undefined;
    if (typeof this.#value === 'boolean') return this.#value;
    if (typeof this.#value === 'string' && /^(true|false)$/i.test(this.#value)) {
      return this.#value.toLowerCase() === 'true';
    }
    throw this.invalid('Its type must be boolean.');
  }

  /** A text or a number as it stands. */
  scalar(maxLength: number): string | number | undefined {
    return typeof this.#value === 'number'
      ? this.number(-Number.MAX_VALUE, Number.MAX_VALUE)
      : this.text({ max: maxLength });
  }

  /**
   * A map of texts. Numbers and booleans become text, as PySDK does before sending; null entries are dropped; an empty
   * text is a value here, since a variable may be empty.
   */
  texts(rule: { maxCount: number; maxLength: number; key?: TextRule }): Record<string, string> {
    return record(
      this.entries(rule.maxCount).flatMap(([key, value]): [string, string][] => {
        this.#checkKey(key, rule.key);
        if (value.#value === undefined || value.#value === null) return [];
        return [[key, this.#entryText(key, value.#value, rule.maxLength)]];
      }),
    );
  }

  #checkKey(key: string, rule: TextRule | undefined): void {
    if (rule === undefined) return;
    if (key.length < (rule.min ?? 1) || key.length > rule.max) {
      throw this.invalid(`The length of the key ${quote(key)} must be in [${rule.min ?? 1}, ${rule.max}].`);
    }
    if (rule.pattern !== undefined && !rule.pattern.matches.test(key)) {
      throw this.invalid(`The key ${quote(key)} cannot be used. ${rule.pattern.why}`);
    }
  }

  #entryText(key: string, value: unknown, maxLength: number): string {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw this.invalid(`The type of ${quote(key)} must be string.`);
    }
    const text = String(value);
    if (text.length > maxLength)
      throw this.invalid(`The length of ${quote(key)} must be in [0, ${maxLength}].`);
    if (text.includes('\0'))
      throw this.invalid(`The value of ${quote(key)} must not contain a NUL character.`);
    return text;
  }

  #object(): Record<string, unknown> {
    if (!isObject(this.#value)) throw this.invalid('Its type must be object.');
    return this.#value;
  }
}

/** A client's text inside one of our messages: quoted, and cut when long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}

/** A key as part of a path, hence of an error's code: short, and without characters that would confuse its readers. */
function printable(key: string): string {
  return key.slice(0, 100).replaceAll(/[^a-zA-Z0-9_-]/g, '?');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmptyObject(value: object): boolean {
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}

import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from '../cli-error.ts';
import type { OptionSpecs } from './option-spec.ts';

/** A command line, read by a command's specs. Each accessor throws UsageError in one readable line. */
export class Options {
  readonly #texts = new Map<string, string[]>();
  readonly #flags = new Set<string>();
  readonly #known: ReadonlySet<string>;
  readonly positionals: readonly string[];
  /** Those of the positionals that stand behind `--`. */
  readonly afterDashes: readonly string[];

  /** @throws UsageError for an option that does not exist or lacks its value */
  constructor(specs: OptionSpecs, argv: readonly string[]) {
    this.#known = new Set(Object.keys(specs));
    const config: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } };
    for (const [name, { value, short }] of Object.entries(specs)) {
      const type = value === undefined ? 'boolean' : 'string';
      config[name] = { type, multiple: true, ...(short === undefined ? {} : { short }) };
    }
    const { tokens } = tokenize(argv, config);
    const positionals: string[] = [];
    let dashes: number | undefined;
    for (const token of tokens) {
      if (token.kind === 'option-terminator') dashes = positionals.length;
      if (token.kind === 'positional') positionals.push(token.value);
      if (token.kind !== 'option') continue;
      if (token.value === undefined) {
        this.#flags.add(token.name);
        continue;
      }
      const earlier = this.#texts.get(token.name) ?? [];
      if (earlier.length > 0 && specs[token.name]?.multiple !== true) {
        throw new UsageError(`--${token.name} is given twice`);
      }
      this.#texts.set(token.name, [...earlier, token.value]);
    }
    this.positionals = positionals;
    this.afterDashes = dashes === undefined ? [] : positionals.slice(dashes);
  }

  flag(name: string): boolean {
    return this.#flags.has(this.#checked(name));
  }

  /** The value, or undefined when the option is not given. */
  text(name: string): string | undefined {
    return this.#texts.get(this.#checked(name))?.[0];
  }

  texts(name: string): readonly string[] {
    return this.#texts.get(this.#checked(name)) ?? [];
  }

  /** The value as a whole number within the bounds. */
  integer(name: string, min: number, max: number): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw new UsageError(`--${name} must be a whole number from ${min} to ${max}, not "${value}"`);
  }

  /** The one argument there must be; `what` names it as in the usage (`SCENE.blend`). */
  only(what: string): string {
    const [first, second] = this.positionals;
    if (first === undefined) throw new UsageError(`${what} is missing`);
    if (second !== undefined) throw new UsageError(`one ${what} is enough: what is "${second}"?`);
    return first;
  }

  /** Arguments, of which there must be `min` to `max`. */
  between(min: number, max: number, what: string): readonly string[] {
    if (this.positionals.length < min) throw new UsageError(`${what} is missing`);
    const extra = this.positionals[max];
    if (extra !== undefined) throw new UsageError(`too many arguments: what is "${extra}"?`);
    return this.positionals;
  }

  /** A slip in our own code, not the user's. */
  #checked(name: string): string {
    if (!this.#known.has(name)) throw new Error(`option --${name} is not declared`);
    return name;
  }
}

function tokenize(argv: readonly string[], options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Node's texts run over several sentences with advice for programmers; the first says it.
    const [first = message] = message.split(/\.\s|\n/);
    throw new UsageError(first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, ''), { cause: error });
  }
}

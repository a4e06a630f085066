import type { Io } from './io.ts';
import type { OptionSpecs } from './options/option-spec.ts';
import type { Options } from './options/options.ts';

/** One command: what its help says and what it does. */
export interface Command {
  /** Forms of the call without the leading `rebatch`. */
  usage: readonly string[];
  /** What it does, in a sentence or two. */
  about: string;
  options: OptionSpecs;
  examples?: readonly string[];
  /** @returns the exit code: 0 done, 1 the thing failed. */
  run(options: Options, io: Io): Promise<number>;
}

/** A command that reads its own command line and prints its own help. */
export interface RawCommand {
  runRaw(argv: readonly string[], io: Io): Promise<number>;
}

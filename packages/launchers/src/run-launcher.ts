import { LaunchError } from './launch-error.ts';
import type { Surroundings } from './surroundings.ts';

export interface Launcher<Options> {
  /** Of the program, for messages. */
  readonly name: string;
  readonly usage: string;
  /** Undefined when help was asked for. @throws LaunchError (wrong usage) */
  readonly parse: (args: readonly string[]) => Options | undefined;
  /** Answers the exit code. @throws LaunchError */
  readonly run: (options: Options, surroundings: Surroundings) => Promise<number>;
}

/** Runs a launcher as this process: errors become one line and an exit code. */
export async function runLauncher<Options>({ name, usage, parse, run }: Launcher<Options>): Promise<void> {
  try {
    const options = parse(process.argv.slice(2));
    if (options === undefined) write(usage);
    else process.exitCode = await run(options, { env: process.env, write, now: () => performance.now() });
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

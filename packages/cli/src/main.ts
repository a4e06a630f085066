import { UsageError } from './cli-error.ts';
import { COMMANDS, type CommandEntry } from './commands.ts';
import type { Io } from './io.ts';
import { processIo } from './process-io.ts';
import { VERSION } from './version.ts';

/** Runs one command line. @returns the exit code: 0 done, 1 the thing failed, 2 wrong usage (architecture.md §6) */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    const { describeError } = await import('./describe-error.ts');
    const { line, exitCode } = describeError(error);
    const name = COMMANDS.find((command) => command.name === argv[0])?.name;
    const help = exitCode === 2 ? `; see: rebatch ${name === undefined ? '' : `${name} `}--help` : '';
    io.err(`rebatch: ${line}${help}\n`);
    return exitCode;
  }
}

/** Runs this process's command line and sets its exit code. */
export async function runProcess(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), processIo());
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [first, ...rest] = argv;
  if (first === '--version' || first === '-V') {
    await io.out(`rebatch ${VERSION}\n`);
    return 0;
  }
  if (
    first === undefined ||
    first === '--help' ||
    first === '-h' ||
    (first === 'help' && rest.length === 0)
  ) {
    await io.out(overview());
    return 0;
  }
  if (first === 'help') return dispatch([...rest, '--help'], io);
  const command = await find(first).load();
  if ('runRaw' in command) return command.runRaw(rest, io);
  if (rest.includes('--help') || rest.includes('-h')) {
    const { formatHelp } = await import('./options/format-help.ts');
    await io.out(formatHelp(command));
    return 0;
  }
  const { Options } = await import('./options/options.ts');
  return command.run(new Options(command.options, rest), io);
}

function find(name: string): CommandEntry {
  const entry = COMMANDS.find((command) => command.name === name);
  if (entry !== undefined) return entry;
  const near = COMMANDS.find((command) => command.name.startsWith(name) || name.startsWith(command.name));
  const hint = near === undefined ? '' : `; did you mean "${near.name}"?`;
  throw new UsageError(`there is no command "${name}"${hint}`);
}

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length)) + 2;
  const lines = COMMANDS.map((command) => `  ${command.name.padEnd(width)}${command.summary}`);
  return `Usage: rebatch COMMAND [options]

A self-hosted BatchCompute: render farms, pipelines and their files on machines of your own.

Commands
${lines.join('\n')}

Every command explains itself: rebatch COMMAND --help

First steps
  rebatch doctor                                is everything here that is needed?
  rebatch serve                                 start the server, and leave it running
  rebatch render scene.blend --frames 1-24      render an animation on it

Exit codes: 0 done, 1 the thing failed, 2 wrong usage.
`;
}

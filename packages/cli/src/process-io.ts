import type { Io, Terminal } from './io.ts';

/** No colour when somebody asked for none (no-color.org), and none into files and pipes. */
function showsColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
}

/** The real terminal, environment and signals of this process. */
export function processIo(): Io {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort(new InterruptedError());
  });
  process.stdout.once('error', endWithOutput);
  return {
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    ...(process.stdin.isTTY && process.stdout.isTTY ? { terminal: processTerminal() } : {}),
    out: async (text) =>
      new Promise((resolve) => {
        process.stdout.write(text, () => resolve());
      }),
    err: (text) => {
      process.stderr.write(text);
    },
    interactive: process.stderr.isTTY && process.env['TERM'] !== 'dumb',
    columns: () => process.stderr.columns ?? process.stdout.columns ?? 80,
    colour: showsColour(process.stderr),
    outColour: showsColour(process.stdout),
    interrupted: controller.signal,
  };
}

/** A reader that has seen enough (`rebatch jobs | head`) is no error; a full disk is one, and is told. */
function endWithOutput(error: NodeJS.ErrnoException): void {
  // What was under way may fail, too, and adds nothing.
  process.stdout.on('error', () => {});
  if (error.code === 'EPIPE') process.exit(0);
  const why = error.code === 'ENOSPC' ? 'the disk is full' : error.message;
  process.stderr.write(`rebatch: standard output: ${why}\n`, () => process.exit(1));
}

function processTerminal(): Terminal {
  const { stdin, stdout } = process;
  return {
    name: process.env['TERM'] || 'dumb',
    size: () => ({ columns: stdout.columns, rows: stdout.rows }),
    raw: (on) => void stdin.setRawMode(on),
    onResize(listener) {
      stdout.on('resize', listener);
      return () => void stdout.off('resize', listener);
    },
  };
}

/** The reason of `Io.interrupted`: the person pressed Ctrl-C. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted');
    this.name = 'InterruptedError';
  }
}

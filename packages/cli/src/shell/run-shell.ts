import type { ShellListener, ShellOptions, ShellSession } from '@rebatch/client';
import { CliError } from '../cli-error.ts';
import type { Io, Terminal } from '../io.ts';

/** Exit code after Ctrl-C, as shells have it. */
const INTERRUPTED = 130;

/**
 * Joins a command on the server's side to this terminal, or to what stands in for one, until it ends.
 *
 * @returns its exit code
 * @throws CliError when the connection breaks
 */
export async function runShell(
  io: Io,
  options: { command: readonly string[]; useTerminal: boolean },
  open: (options: ShellOptions, listener: ShellListener) => Promise<ShellSession>,
): Promise<number> {
  const terminal = options.useTerminal ? io.terminal : undefined;
  const { command } = options;
  const wanted: ShellOptions =
    terminal === undefined ? { command } : { command, terminal: { name: terminal.name, ...terminal.size() } };
  const session = await open(wanted, {
    output: (bytes) => io.out(bytes),
    errors: (bytes) => io.err(Buffer.from(bytes).toString()),
  });
  const leave = join(io, terminal, session);
  try {
    const code = await session.ended;
    if (code !== undefined) return code;
    if (io.interrupted.aborted) return INTERRUPTED;
    throw new CliError('the connection broke; what was started there was ended');
  } finally {
    leave();
  }
}

/** Passes keys, sizes and Ctrl-C on; the returned function gives the terminal back. */
function join(io: Io, terminal: Terminal | undefined, session: ShellSession): () => void {
  const pass = (bytes: Buffer): void => {
    if (session.write(bytes)) return;
    io.stdin.pause();
    session.drained(() => io.stdin.resume());
  };
  const end = (): void => session.endInput();
  const interrupt = (): void => session.close();
  const stopListening = terminal?.onResize(() => {
    const { columns, rows } = terminal.size();
    session.resize(columns, rows);
  });
  terminal?.raw(true);
  io.stdin.on('data', pass).once('end', end);
  io.interrupted.addEventListener('abort', interrupt);
  return () => {
    io.stdin.off('data', pass).off('end', end).pause();
    io.interrupted.removeEventListener('abort', interrupt);
    terminal?.raw(false);
    stopListening?.();
  };
}

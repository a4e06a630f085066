import { spawn } from 'node:child_process';

/** Runs a program in a terminal of 101 by 37; reads lines `size COLUMNS ROWS` and `type TEXT` from its input. */
const PYTHON = `
import fcntl, os, pty, struct, sys, termios, threading
def size(columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
size(101, 37)
def obey():
    for line in sys.stdin:
        word, rest = line.rstrip("\\n").split(" ", 1)
        if word == "type":
            os.write(terminal, rest.encode() + b"\\r")
        else:
            size(*map(int, rest.split()))
threading.Thread(target=obey, daemon=True).start()
try:
    while True:
        said = os.read(terminal, 65536)
        if not said:
            break
        sys.stdout.buffer.write(said)
        sys.stdout.buffer.flush()
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

/** A program in front of a person. */
export interface InTerminal {
  /** Everything on the screen so far. */
  screen(): string;
  /** Types a line. */
  type(line: string): void;
  /** Makes the window another size. */
  size(columns: number, rows: number): void;
  ended: Promise<number | null>;
}

/** Starts it in a terminal of 101 columns and 37 rows. */
export function inTerminal(command: readonly string[], env: NodeJS.ProcessEnv): InTerminal {
  const child = spawn('python3', ['-c', PYTHON, ...command], {
    env: { ...env, TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let screen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
  return {
    screen: () => screen,
    type: (line) => void child.stdin.write(`type ${line}\n`),
    size: (columns, rows) => void child.stdin.write(`size ${columns} ${rows}\n`),
    ended,
  };
}

import { finished } from 'node:stream/promises';
import {
  readShellNumbers,
  SHELL_FRAMES,
  type ShellFrame,
  ShellFrameReader,
  shellFrame,
  shellNumbers,
} from '@rebatch/model';
import type { Readable } from 'node:stream';
import type { Shell } from '../../executor/shells.ts';
import type { Upgraded } from './upgrade.ts';

/** Carries a shell over an upgraded connection until the command ends or the other side hangs up. */
export function serveShell(shell: Shell, { socket, head }: Upgraded): void {
  const reader = new ShellFrameReader();
  const take = (chunk: Uint8Array): void => {
    try {
      for (const frame of reader.push(chunk)) obey(shell, frame, socket);
    } catch {
      socket.destroy();
    }
  };
  let over = false;
  socket.on('data', take);
  // The end of input has a frame of its own: whoever ends the connection is gone.
  socket.once('end', () => socket.destroy());
  socket.once('close', () => {
    if (!over) shell.hangUp();
  });
  // A command that ends closes its input while more is on the way.
  shell.stdin.on('error', () => undefined);
  take(head);
  const outputs = [
    carry(shell.stdout, SHELL_FRAMES.output, socket),
    carry(shell.stderr, SHELL_FRAMES.errors, socket),
  ];
  void Promise.all([shell.ended, ...outputs]).then(
    ([exitCode]) => {
      over = true;
      socket.end(shellFrame(SHELL_FRAMES.exit, shellNumbers(4, exitCode)));
    },
    () => socket.destroy(),
  );
}

function obey(shell: Shell, { kind, content }: ShellFrame, socket: Upgraded['socket']): void {
  if (kind === SHELL_FRAMES.input) {
    if (content.length === 0) shell.stdin.end();
    else if (!shell.stdin.write(content)) {
      socket.pause();
      shell.stdin.once('drain', () => socket.resume());
    }
  } else if (kind === SHELL_FRAMES.size) {
    const [columns = 0, rows = 0] = readShellNumbers(2, content);
    // The command may be gone already.
    if (columns > 0 && rows > 0) shell.resize(columns, rows).catch(() => undefined);
  }
}

/** Reads no more than the other side takes. */
async function carry(from: Readable, kind: number, socket: Upgraded['socket']): Promise<void> {
  from.on('data', (chunk: Buffer) => {
    if (socket.write(shellFrame(kind, chunk))) return;
    from.pause();
    socket.once('drain', () => from.resume());
  });
  await finished(from, { writable: false });
}

import type { Socket } from 'node:net';
import {
  readShellNumbers,
  SHELL_FRAMES,
  type ShellFrame,
  ShellFrameReader,
  shellFrame,
  shellNumbers,
} from '@rebatch/model';
import type { UpgradedConnection } from '../http/http-transport.ts';

export interface ShellOptions {
  /** Absent or empty: a shell. */
  command?: readonly string[];
  /** `name`: as in $TERM. */
  terminal?: { name: string; columns: number; rows: number };
}

/** Told what the command says; what comes next waits until it is done. Bytes are the listener's to keep. */
export interface ShellListener {
  output(bytes: Uint8Array): Promise<void> | void;
  errors(bytes: Uint8Array): Promise<void> | void;
}

/** A command that runs in a sandbox or on a machine of the server's. */
export class ShellSession {
  readonly #socket: Socket;
  /** The command's exit code; undefined when the connection broke before it ended. */
  readonly ended: Promise<number | undefined>;

  constructor({ socket, head }: UpgradedConnection, listener: ShellListener) {
    this.#socket = socket;
    if (head.length > 0) socket.unshift(head);
    // A broken connection is no more than an end that came too early.
    this.ended = exitCodeOf(socket, listener).catch(() => undefined);
  }

  /** False: the other side is slower; `drained` says when to go on. */
  write(bytes: Uint8Array): boolean {
    return bytes.length === 0 || this.#send(SHELL_FRAMES.input, bytes);
  }

  /** Calls back once, when there is room for more. */
  drained(goOn: () => void): void {
    this.#socket.once('drain', goOn);
  }

  /** The command's input ends. */
  endInput(): void {
    this.#send(SHELL_FRAMES.input, new Uint8Array(0));
  }

  resize(columns: number, rows: number): void {
    this.#send(SHELL_FRAMES.size, shellNumbers(2, columns, rows));
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(kind: number, content: Uint8Array): boolean {
    return this.#socket.destroyed || this.#socket.write(shellFrame(kind, content));
  }
}

async function exitCodeOf(socket: Socket, listener: ShellListener): Promise<number | undefined> {
  const reader = new ShellFrameReader();
  let exitCode: number | undefined;
  for await (const bytes of socket) {
    for (const frame of reader.push(bytes)) {
      if (frame.kind === SHELL_FRAMES.exit) exitCode = readShellNumbers(4, frame.content)[0];
      else await tell(listener, frame);
    }
  }
  return exitCode;
}

async function tell(listener: ShellListener, { kind, content }: ShellFrame): Promise<void> {
  if (kind === SHELL_FRAMES.output) await listener.output(content);
  if (kind === SHELL_FRAMES.errors) await listener.errors(content);
}

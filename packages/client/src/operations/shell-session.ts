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

/** Told what the command says. Bytes are the listener's to keep. */
export interface ShellListener {
  output(bytes: Uint8Array): void;
  errors(bytes: Uint8Array): void;
}

/** A command that runs in a sandbox or on a machine of the server's. */
export class ShellSession {
  readonly #socket: Socket;
  /** The command's exit code; undefined when the connection broke before it ended. */
  readonly ended: Promise<number | undefined>;

  constructor({ socket, head }: UpgradedConnection, listener: ShellListener) {
    this.#socket = socket;
    const ended = Promise.withResolvers<number | undefined>();
    this.ended = ended.promise;
    const reader = new ShellFrameReader();
    const take = (bytes: Uint8Array): void => {
      for (const frame of reader.push(bytes)) {
        if (frame.kind === SHELL_FRAMES.exit) ended.resolve(readShellNumbers(4, frame.content)[0]);
        else tell(listener, frame);
      }
    };
    socket.on('data', take);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => ended.resolve(undefined));
    take(head);
  }

  write(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#send(SHELL_FRAMES.input, bytes);
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

  #send(kind: number, content: Uint8Array): void {
    if (!this.#socket.destroyed) this.#socket.write(shellFrame(kind, content));
  }
}

function tell(listener: ShellListener, { kind, content }: ShellFrame): void {
  if (kind === SHELL_FRAMES.output) listener.output(content);
  if (kind === SHELL_FRAMES.errors) listener.errors(content);
}

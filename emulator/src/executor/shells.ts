import type { Readable, Writable } from 'node:stream';
import type { AttemptOutcome } from '@rebatch/worker';

/** Where a command is run for somebody to look around. */
export type ShellPlace = { kind: 'attempt'; attemptId: string } | { kind: 'node'; nodeId: string };

export interface ShellRequest {
  /** Empty: a shell. */
  command: readonly string[];
  /** Absent: output and errors apart, no terminal between. `name`: as in $TERM. */
  terminal?: { name: string; columns: number; rows: number };
}

/** A command that runs in a sandbox or on a machine, beside what runs there. */
export interface Shell {
  stdin: Writable;
  /** With a terminal, everything comes here. */
  stdout: Readable;
  stderr: Readable;
  resize(columns: number, rows: number): Promise<void>;
  /** The command's exit code, when it has ended and its output is read. */
  ended: Promise<number>;
  /** Ends the command; nobody listens any more. */
  hangUp(): void;
}

/** An attempt that failed and whose sandbox is still there. */
export interface KeptSandbox {
  attemptId: string;
  owner: string;
  jobId: string;
  taskName: string;
  instanceId: number;
  outcome: AttemptOutcome;
  /** Milliseconds since the epoch: when it was kept, and when it will be removed. */
  since: number;
  until: number;
}

/** Sandboxes and machines that people can look into. Whose they are, the caller has checked. */
export interface ShellHost {
  /** @throws ShellError */
  open(place: ShellPlace, request: ShellRequest): Promise<Shell>;
  /** Everybody's, the oldest first. */
  kept(): readonly KeptSandbox[];
  /** Removes a kept sandbox before its time; nothing when there is none. */
  release(attemptId: string): Promise<void>;
}

/** Thrown when a command cannot be run there; the message is one sentence for people. */
export class ShellError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ShellError';
  }
}

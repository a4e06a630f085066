import type { Readable } from 'node:stream';

/** What a sandbox is made of: fresh, root, nothing left of earlier ones. */
export interface SandboxSpec {
  attemptId: string;
  /** The account that the attempt is of. */
  owner: string;
  image: string;
  /** Program and arguments; no shell of the host reads them. */
  command: string[];
  env: Record<string, string>;
  workingDirectory: string;
  /** Outer targets before inner ones. */
  binds: Bind[];
  /** Absent: no limit. */
  resources?: { cpus: number; memoryBytes: number };
  /** Absent: none. Not `required`: none will do where the host has none. */
  gpus?: { count: number; required: boolean };
}

/** A file or folder of this host, made visible at `target`. */
export interface Bind {
  source: string;
  target: string;
  readOnly?: true;
}

export type SandboxState =
  | { phase: 'created' }
  /** `startedAt`: milliseconds since the epoch. */
  | { phase: 'running'; startedAt: number }
  | SandboxEnd;

export interface SandboxEnd {
  phase: 'ended';
  exitCode: number;
  /** A process inside was killed for want of memory. */
  oomKilled: boolean;
  /** Milliseconds since the epoch; absent when the engine was not asked (a clean exit). */
  startedAt?: number;
  endedAt?: number;
}

/**
 * Where attempts run, one sandbox an attempt, named after it. Implementations: Docker containers
 * (emulator/src/executor/docker). All methods can be repeated, and wait while the engine cannot be reached.
 *
 * @throws SandboxError when the engine refuses
 */
export interface Sandboxes {
  /** Undefined when the attempt has no sandbox. */
  find(attemptId: string): Promise<SandboxState | undefined>;
  /** Replaces a sandbox of that name that an earlier, cleaned away run left. */
  create(spec: SandboxSpec): Promise<void>;
  start(attemptId: string): Promise<void>;
  /** Until the sandbox has ended; undefined when it is gone. */
  wait(attemptId: string): Promise<SandboxEnd | undefined>;
  /** Asks every process inside to end (SIGTERM). */
  terminate(attemptId: string): Promise<void>;
  /** Ends every process inside (SIGKILL). */
  kill(attemptId: string): Promise<void>;
  /**
   * A file or folder of the ended sandbox as a tar stream, `path` absolute inside it; its first entry is `path` itself,
   * links followed. Undefined when there is no such path.
   */
  archive(attemptId: string, path: string): Promise<Readable | undefined>;
  remove(attemptId: string): Promise<void>;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { DAEMON_ENV, daemonArguments, type DaemonOptions } from './daemon-options.ts';

const PAUSE_MS = 200;

/**
 * A second process that holds the connection to the kernel, too. When this one dies, however it does, the other sees
 * its pipe end and goes on answering; when the other dies it is started again.
 */
export class Standby {
  readonly #fd: number;
  readonly #options: DaemonOptions;
  readonly #changed: (pid: number | undefined) => void;
  #child: ChildProcess | undefined;
  #isOver = false;

  constructor(fd: number, options: DaemonOptions, changed: (pid: number | undefined) => void) {
    this.#fd = fd;
    this.#options = options;
    this.#changed = changed;
  }

  start(): void {
    if (this.#isOver) return;
    const child = spawn(process.execPath, daemonArguments('standby', this.#options), {
      env: { ...process.env, ...DAEMON_ENV },
      stdio: ['pipe', 'ignore', 'inherit', this.#fd],
      detached: true,
    });
    this.#child = child;
    this.#changed(child.pid);
    const again = (): void => {
      this.#changed(undefined);
      setTimeout(() => this.start(), PAUSE_MS).unref();
    };
    child.once('error', again);
    child.once('exit', again);
  }

  /** Ends it for good, before this process ends of its own will. */
  end(): Promise<void> {
    this.#isOver = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }
}

import { spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import type { MountPaths } from '../../host/mount-paths.ts';
import { DAEMON_ENV, daemonArguments } from '../daemon/daemon-options.ts';
import { clearDeadMounts, isDaemonAlive } from './dead-mounts.ts';

const LONGEST_START_MS = 20_000;
const PAUSE_MS = 20;

interface StartedDaemon {
  /** Why it is not there any more. */
  failure?: string;
}

/** The server's end of the mount daemon: starts it when none lives, and holds a connection so that it stays. */
export class DaemonLink {
  readonly #paths: MountPaths;
  readonly #cacheBytes: number;
  readonly #warn: (message: string) => void;
  #socket: Socket | undefined;
  #ensuring: Promise<void> | undefined;
  #isClosed = false;

  constructor(paths: MountPaths, cacheBytes: number, warn: (message: string) => void) {
    this.#paths = paths;
    this.#cacheBytes = cacheBytes;
    this.#warn = warn;
  }

  /** Resolves when a daemon answers; what an earlier, dead one left mounted is cleared away first. */
  ensure(): Promise<void> {
    if (this.#socket !== undefined) return Promise.resolve();
    this.#ensuring ??= this.#connectOrStart().finally(() => {
      this.#ensuring = undefined;
    });
    return this.#ensuring;
  }

  /** Lets go of the daemon; the next `ensure` looks for one again. */
  drop(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  /** For good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#ensuring?.catch(() => undefined);
    this.drop();
  }

  async #connectOrStart(): Promise<void> {
    const deadline = Date.now() + LONGEST_START_MS;
    let started: StartedDaemon | undefined;
    while (Date.now() < deadline && started?.failure === undefined && !this.#isClosed) {
      if (await this.#tryConnect()) return;
      if (started === undefined && !(await isDaemonAlive(this.#paths))) {
        await clearDeadMounts(this.#paths);
        started = this.#start();
      }
      await setTimeout(PAUSE_MS);
    }
    throw new Error(`the mount daemon does not start: ${started?.failure ?? 'it does not answer'}`);
  }

  #start(): StartedDaemon {
    const { state, run, protocol, log, daemonFile } = this.#paths;
    const output = openSync(log, 'w', 0o600);
    const args = daemonArguments('active', { state, run, protocol, cacheBytes: this.#cacheBytes });
    const child = spawn(process.execPath, args, {
      cwd: '/',
      env: { ...process.env, ...DAEMON_ENV },
      stdio: ['ignore', 'ignore', output],
      detached: true,
    });
    closeSync(output);
    // A server that starts while this daemon does must not start another.
    writeFileSync(daemonFile, JSON.stringify([child.pid]), { mode: 0o600 });
    const started: StartedDaemon = {};
    child.once('error', (error) => {
      started.failure = String(error);
    });
    child.once('exit', (code, signal) => {
      void lastWords(log).then((said) => {
        started.failure = said || `it ended (${code ?? signal})`;
      });
    });
    child.unref();
    return started;
  }

  /** True once a daemon has greeted. */
  async #tryConnect(): Promise<boolean> {
    const socket = connect(this.#paths.daemonSocket);
    socket.on('error', () => socket.destroy());
    // It passes on the socket's own error, which a killed daemon causes.
    const lines = createInterface({ input: socket }).on('error', () => undefined);
    const hasGreeted = await new Promise<boolean>((resolve) => {
      lines.once('line', () => resolve(true));
      socket.once('close', () => resolve(false));
    });
    if (!hasGreeted || socket.destroyed) return false;
    this.#socket = socket;
    socket.once('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
    });
    lines.on('line', (line) => this.#warn(String(JSON.parse(line))));
    return true;
  }
}

async function lastWords(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trim().slice(-500);
}

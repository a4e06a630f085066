import { setMaxListeners } from 'node:events';
import { type Agent, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Clock, Timer } from '@rebatch/model';
import type Docker from 'dockerode';
import type { ExecutorHealth } from '../executor.ts';
import { daemonAddress, unreachableReason } from './daemon-address.ts';
import { isUnreachable } from './docker-error.ts';
import { loadDockerode } from './load-dockerode.ts';
import { ensureSharedNetwork, type SharedNetwork } from './networks/shared-network.ts';
import { withSignal } from './with-signal.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5000;
/** A daemon that takes the connection but gives no answer counts as down. */
const CONNECT_TIMEOUT_MS = 5000;

export interface DockerConnectionOptions {
  socketPath?: string;
  clock: Clock;
  healthChanged(health: ExecutorHealth): void;
  /** Called each time the daemon was found, before anything else uses it. */
  connected(docker: Docker): Promise<void>;
}

interface Link {
  docker: Docker;
  network: SharedNetwork;
  /** Aborted when the daemon goes away. */
  lost: AbortController;
}

/**
 * The way to the Docker daemon, kept up: calls wait while it is down, and are made again when it went away under them,
 * so they must bear repetition.
 */
export class DockerConnection {
  readonly #options: DockerConnectionOptions;
  readonly #address: string;
  #link: Link | undefined;
  #reason = 'The Docker daemon was not asked yet.';
  #waiting: (() => void)[] = [];
  #retry: Timer | undefined;
  readonly #closed = new AbortController();

  constructor(options: DockerConnectionOptions) {
    this.#options = options;
    this.#address = daemonAddress(options.socketPath, process.env);
    setMaxListeners(0, this.#closed.signal);
  }

  /** Tries once, and goes on trying in the background. */
  open(): Promise<void> {
    return this.#connect(FIRST_RETRY_MS);
  }

  health(): ExecutorHealth {
    return this.#link === undefined
      ? { available: false, reason: this.#reason }
      : { available: true, gatewayAddress: this.#link.network.gatewayAddress };
  }

  /** Throws what `use` throws, unless that means that the daemon is gone; the reason of `close` once closed. */
  async call<T>(use: (docker: Docker, network: SharedNetwork) => Promise<T>): Promise<T> {
    for (;;) {
      const link = this.#link ?? (await this.#linkUp());
      try {
        return await withSignal(
          withSignal(use(link.docker, link.network), link.lost.signal),
          this.#closed.signal,
        );
      } catch (error) {
        if (this.#closed.signal.aborted || !isUnreachable(error)) throw error;
        this.#drop(link, error);
      }
    }
  }

  /** Lets go: calls under way and later ones reject with `reason`. */
  close(reason: Error): void {
    this.#retry?.cancel();
    this.#closed.abort(reason);
    this.#link?.lost.abort(reason);
    this.#link = undefined;
  }

  async #linkUp(): Promise<Link> {
    while (this.#link === undefined) {
      const up = new Promise<void>((resolve) => this.#waiting.push(resolve));
      await withSignal(up, this.#closed.signal);
    }
    return this.#link;
  }

  async #connect(retryMs: number): Promise<void> {
    try {
      const link = await withSignal(this.#reach(), AbortSignal.timeout(CONNECT_TIMEOUT_MS));
      if (this.#closed.signal.aborted) {
        link.lost.abort(this.#closed.signal.reason);
        return;
      }
      this.#link = link;
      this.#options.healthChanged(this.health());
      for (const resume of this.#waiting.splice(0)) resume();
    } catch (error) {
      this.#downBecause(error);
      this.#connectLater(retryMs);
    }
  }

  #connectLater(ms: number): void {
    if (this.#closed.signal.aborted) return;
    this.#retry = this.#options.clock.after(ms, () => {
      void this.#connect(Math.min(2 * ms, LAST_RETRY_MS));
    });
  }

  async #reach(): Promise<Link> {
    // Loaded here: it takes a tenth of a second that a server's start can well use.
    const Client = await loadDockerode(process.env);
    const { socketPath } = this.#options;
    const docker = new Client(socketPath === undefined ? {} : { socketPath });
    const agent = ownAgent(docker);
    const network = await ensureSharedNetwork(docker);
    const lost = new AbortController();
    setMaxListeners(0, lost.signal);
    lost.signal.addEventListener('abort', () => agent.destroy());
    const link = { docker, network, lost };
    await this.#watch(link);
    await this.#options.connected(docker);
    return link;
  }

  /** The event stream ends when the daemon does; nothing else tells in time. */
  async #watch(link: Link): Promise<void> {
    const events = await link.docker.getEvents({ filters: { type: ['daemon'] } });
    const gone = (): void => this.#drop(link, new Error('the connection ended'));
    events.on('error', gone).on('close', gone).resume();
    link.lost.signal.addEventListener('abort', () => {
      if ('destroy' in events && typeof events.destroy === 'function') events.destroy();
    });
  }

  #drop(link: Link, error: unknown): void {
    if (link.lost.signal.aborted) return;
    link.lost.abort(new ConnectionLost(error));
    if (this.#link !== link) return;
    this.#link = undefined;
    this.#downBecause(error);
    this.#connectLater(FIRST_RETRY_MS);
  }

  #downBecause(error: unknown): void {
    this.#reason = unreachableReason(this.#address, error);
    this.#options.healthChanged(this.health());
  }
}

/**
 * Connections that end with the link: a call that waits for a program's end would keep the process as long as that runs. As
 * Node's own agent has them: idle ones are used again for 5 s.
 */
function ownAgent(docker: Docker): Agent {
  const options = { keepAlive: true, scheduling: 'lifo', timeout: 5000 } as const;
  const { modem } = docker;
  const isHttps = 'protocol' in modem && modem.protocol === 'https';
  const agent = isHttps ? new HttpsAgent(options) : new HttpAgent(options);
  return Object.assign(modem, { agent }).agent;
}

/** Thrown into calls under way when the daemon goes away. */
class ConnectionLost extends Error {
  readonly code = 'ECONNRESET';

  constructor(cause: unknown) {
    super('the Docker daemon went away', { cause });
    this.name = 'ConnectionLost';
  }
}

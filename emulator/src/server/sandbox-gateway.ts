import type { RequestListener } from 'node:http';
import type { ExecutorHealth } from '../executor/executor.ts';
import type { Endpoints } from './endpoints.ts';
import type { Logger } from './logger.ts';

/**
 * Lets programs in sandboxes reach the OSS gateway, which otherwise listens where only this machine's own programs
 * look: it answers on the address that the executor names, too, as soon as it is named (spec §11, point 10).
 */
export class SandboxGateway {
  readonly #gateway: RequestListener;
  readonly #main: { host: string; port: number };
  readonly #endpoints: Endpoints;
  readonly #log: Logger;
  /** Listening or about to, by address. An attempt that failed is forgotten, so that the next change tries again. */
  readonly #addresses = new Map<string, Promise<boolean>>();

  constructor(
    gateway: RequestListener,
    main: { host: string; port: number },
    endpoints: Endpoints,
    log: Logger,
  ) {
    this.#gateway = gateway;
    this.#main = main;
    this.#endpoints = endpoints;
    this.#log = log;
  }

  /** Resolves when the address that `health` names, if any, answers or cannot be had. */
  async follow(health: ExecutorHealth): Promise<void> {
    const address = health.available ? health.gatewayAddress : undefined;
    if (address === undefined || [address, '0.0.0.0', '::'].includes(this.#main.host)) return;
    const listening = this.#addresses.get(address) ?? this.#listenOn(address);
    this.#addresses.set(address, listening);
    if (!(await listening)) this.#addresses.delete(address);
  }

  async #listenOn(address: string): Promise<boolean> {
    try {
      const endpoint = await this.#endpoints.listen(this.#gateway, { host: address, port: this.#main.port });
      this.#log.info('listening for sandboxes', { oss: endpoint.url });
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#log.error('programs in sandboxes cannot reach the OSS gateway', { reason });
      return false;
    }
  }
}

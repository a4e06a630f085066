import type { RequestListener } from 'node:http';
import { type HttpEndpoint, type ListenOptions, listen } from './http-endpoint.ts';
import { StartError } from './start-error.ts';

/** All addresses where one server answers. */
export class Endpoints {
  readonly #open: HttpEndpoint[] = [];
  #closing = false;

  /** @throws StartError when the address cannot be had */
  async listen(listener: RequestListener, options: ListenOptions): Promise<HttpEndpoint> {
    const endpoint = await listen(listener, options);
    if (this.#closing) {
      await endpoint.close(0);
      throw new StartError('the server is stopping');
    }
    this.#open.push(endpoint);
    return endpoint;
  }

  /** Takes no new requests anywhere; gives those under way `graceMs` milliseconds, all at the same time. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#open.splice(0).map(async (endpoint) => endpoint.close(graceMs)));
  }
}

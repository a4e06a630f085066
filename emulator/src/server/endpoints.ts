import type { RequestListener } from 'node:http';
import { type HttpEndpoint, type ListenOptions, listen } from './http-endpoint.ts';
import { StartError } from './start-error.ts';

/** All addresses where one server answers. */
export class Endpoints {
  readonly #open: HttpEndpoint[] = [];
  readonly #endless: (() => void)[] = [];
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

  /** `end` ends answers that would never end by themselves, when the endpoints are to be closed. */
  whenClosing(end: () => void): void {
    this.#endless.push(end);
  }

  /** Takes no new requests anywhere; gives those under way `graceMs` milliseconds, all at the same time. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    for (const end of this.#endless) end();
    await Promise.all(this.#open.splice(0).map(async (endpoint) => endpoint.close(graceMs)));
  }
}

import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** A way to a server on which some requests are held up for ever. */
export interface HoldingProxy {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Requests that were let through and answered, and those that are held up, as `METHOD target range`. */
  readonly passed: readonly string[];
  readonly held: readonly string[];
  close(): Promise<void>;
}

/** `hold`: told `METHOD target range` of each request. */
export async function startHoldingProxy(
  target: string,
  hold: (line: string) => boolean,
): Promise<HoldingProxy> {
  const { hostname, port } = new URL(target);
  const passed: string[] = [];
  const held: string[] = [];
  const server = createServer((incoming, response) => {
    const { method, url, headers } = incoming;
    const line = `${method} ${url} ${headers.range ?? ''}`;
    if (hold(line)) {
      held.push(line);
      return;
    }
    const upstream = request({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response).on('finish', () => passed.push(line));
    });
    for (const stream of [incoming, response, upstream]) stream.on('error', () => upstream.destroy());
    incoming.pipe(upstream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    passed,
    held,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

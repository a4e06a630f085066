import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

interface Letter {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Somebody who is told what happens. */
export interface Receiver {
  readonly url: string;
  /** Those that were answered with 2xx, in the order in which they came. */
  readonly letters: readonly Letter[];
  /** Letters that were refused. */
  readonly refused: number;
  close(): void;
}

/** `refuse`: says of each letter, counted from 0, whether it is refused. */
export async function startReceiver(refuse: (count: number) => boolean): Promise<Receiver> {
  const letters: Letter[] = [];
  let count = 0;
  let refused = 0;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (refuse(count++)) {
        refused++;
        response.writeHead(500).end('no');
        return;
      }
      letters.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(201).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    letters,
    get refused() {
      return refused;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

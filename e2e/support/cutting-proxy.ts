import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A line to a server that breaks when it is told to. */
export interface CuttingProxy {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Connections that were cut. */
  readonly cuts: number;
  /** From now on every connection is cut after so many bytes from the server, `times` times. */
  cutAfter(bytes: number, times: number): void;
  /** Cuts every connection, and new ones at once, as long as it is shut. */
  shut(isShut: boolean): void;
  close(): Promise<void>;
}

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let limit = Number.POSITIVE_INFINITY;
  let left = 0;
  let cuts = 0;
  let isShut = false;
  const server = createServer((client) => {
    if (isShut) {
      cuts += 1;
      client.destroy();
      return;
    }
    const upstream = connect(Number(port), hostname);
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', end).on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.pipe(upstream);
    let passed = 0;
    upstream.on('data', (chunk: Buffer) => {
      passed += chunk.byteLength;
      client.write(chunk);
      if (passed > limit && left > 0) {
        left -= 1;
        cuts += 1;
        end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    get cuts() {
      return cuts;
    },
    cutAfter(bytes, times) {
      limit = bytes;
      left = times;
    },
    shut(nowShut) {
      isShut = nowShut;
      if (isShut) for (const socket of open) socket.destroy();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * Passes connections on to a server, and cuts each one after `limit` bytes of answer as long as there are cuts left.
 * Gone after the running test.
 */
export async function cuttingProxy(
  target: string,
  limit: number,
  cuts: number,
): Promise<{ endpoint: string; cutsLeft: () => number }> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let left = cuts;
  const server = createServer((inside) => {
    const outside = connect(Number(port), hostname);
    let passed = 0;
    for (const socket of [inside, outside]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => {
        sockets.delete(socket);
        inside.destroy();
        outside.destroy();
      });
    }
    inside.pipe(outside);
    outside.on('data', (bytes) => {
      passed += bytes.length;
      inside.write(bytes);
      if (left > 0 && passed > limit) {
        left -= 1;
        inside.destroySoon();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { endpoint: `http://127.0.0.1:${address.port}`, cutsLeft: () => left };
}

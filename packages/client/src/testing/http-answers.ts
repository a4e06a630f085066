import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** A server that answers the n-th request (from 0) as told; gone after the running test. @returns its endpoint and count */
export async function httpAnswers(
  answer: (count: number, request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ endpoint: string; requests: () => number }> {
  let count = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => answer(count++, request, response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { endpoint: `http://127.0.0.1:${address.port}`, requests: () => count };
}

import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { sendBody } from './send-body.ts';

/** A server that answers once with `stream`; gives the client's side and how the sending went. */
async function answerWith(stream: Readable): Promise<{ incoming: IncomingMessage; sent: Promise<unknown> }> {
  const sent = Promise.withResolvers<unknown>();
  const server = createServer((_request, response) => {
    response.flushHeaders();
    sendBody(stream, response).then(
      () => sent.resolve('whole'),
      (error: unknown) => {
        response.destroy();
        sent.resolve(error);
      },
    );
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const request = get({ host: '127.0.0.1', port: typeof address === 'object' ? address?.port : undefined });
  const [incoming] = await once(request, 'response');
  return { incoming, sent: sent.promise };
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(100_000);
  throw new Error('the disk failed');
}

test('all bytes arrive, and the memory of what was sent is free', async () => {
  const chunks = [new Uint8Array(300_000).fill(1), Buffer.from('two'), new Uint8Array(1_000_000).fill(3)];
  const expected = Buffer.concat(chunks);
  const { incoming, sent } = await answerWith(Readable.from(chunks));
  expect((await buffer(incoming)).equals(expected)).toBe(true);
  expect(await sent).toBe('whole');
  expect(chunks.map(({ byteLength }) => byteLength)).toEqual([0, 3, 0]);
});

test('a read error in the middle breaks the answer off', async () => {
  const { incoming, sent } = await answerWith(Readable.from(failing()));
  await expect(buffer(incoming)).rejects.toThrow('aborted');
  expect(await sent).toMatchObject({ message: 'the disk failed' });
});

test('a client that leaves while nothing comes ends the stream', async () => {
  const silent = new Readable({ read: () => undefined });
  const { incoming, sent } = await answerWith(silent);
  incoming.destroy();
  expect(await sent).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
  expect(silent.destroyed).toBe(true);
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { type ManualClock, manualClock } from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { dropSilentSenders, SILENCE_MS } from './drop-silent-senders.ts';

/** A sender in the middle of a body of ten bytes. */
async function sender(clock: ManualClock): Promise<{ socket: Socket; arrived: () => Promise<void> }> {
  let received = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
      server.emit('arrived');
    });
    request.on('end', () => response.end(`got ${received}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  dropSilentSenders(server, clock);
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const socket = connect(address.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const arrived = async (): Promise<void> => void (await once(server, 'arrived'));
  socket.write('PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1');
  await arrived();
  return { socket, arrived };
}

test('a sender that falls silent in the middle of a body is given up', async () => {
  const clock = manualClock(0);
  const { socket } = await sender(clock);
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  clock.advance(SILENCE_MS + 10_000);
  await expect(closed).resolves.toBeDefined();
});

test('a slow upload goes on for as long as it brings something', async () => {
  const clock = manualClock(0);
  const { socket, arrived } = await sender(clock);
  const answer = once(socket, 'data');
  for (let n = 2; n <= 10; n++) {
    clock.advance(SILENCE_MS - 10_000);
    socket.write(String(n % 10));
    await arrived();
  }
  expect(String(await answer)).toContain('got 10');
});

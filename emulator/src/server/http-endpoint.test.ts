import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type HttpEndpoint, type ListenOptions, listen } from './http-endpoint.ts';
import { StartError } from './start-error.ts';

async function open(options: ListenOptions): Promise<HttpEndpoint> {
  const endpoint = await listen((_request, response) => response.end('hello'), options);
  onTestFinished(() => endpoint.close(0));
  return endpoint;
}

describe('An endpoint', () => {
  it('answers on a free port', async () => {
    const { url, port } = await open({ host: '127.0.0.1', port: 0 });
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await (await fetch(url)).text()).toBe('hello');
  });

  it('gives an address that clients can use when it listens on all', async () => {
    const { url, port } = await open({ host: '0.0.0.0', port: 0 });
    expect(url).toBe(`http://127.0.0.1:${port}`);
  });

  it('says in one line that a port is taken', async () => {
    const { port } = await open({ host: '127.0.0.1', port: 0 });
    await expect(open({ host: '127.0.0.1', port })).rejects.toThrow(
      new StartError(`cannot listen on 127.0.0.1:${port}: the port is taken`),
    );
  });

  it('says in one line that an address is not of this machine', async () => {
    await expect(open({ host: '192.0.2.1', port: 0 })).rejects.toThrow(
      new StartError('cannot listen on 192.0.2.1:0: this machine has no such address'),
    );
  });

  it('closes although a request never ends', async () => {
    const reached = Promise.withResolvers<void>();
    const endpoint = await listen(() => reached.resolve(), { host: '127.0.0.1', port: 0 });
    const answer = fetch(endpoint.url).catch((error: unknown) => error);
    await reached.promise;
    await endpoint.close(1);
    expect(await answer).toBeInstanceOf(TypeError);
  });

  it.each([
    ['without a Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['with a strange Expect', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: cake\r\nConnection: close\r\n\r\n'],
  ])('answers a request %s', async (_name, bytes) => {
    const { port } = await open({ host: '127.0.0.1', port: 0 });
    const socket = connect(port, '127.0.0.1');
    socket.write(bytes);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK[^]*hello/);
  });
});

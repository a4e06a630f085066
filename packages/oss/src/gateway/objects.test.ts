import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { useGateway } from '../gateway-fixture.ts';
import { textOf } from '../signed-request.ts';
import { ada } from '../temporary-gateway.ts';

const at = useGateway();

const range = async (value: string, more: Record<string, string> = {}) => {
  const { status, headers, body } = await at.object('GET', { headers: { range: value, ...more } });
  return [status, headers['content-range'], body];
};

describe('putting', () => {
  test.each(['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since'])(
    'on the condition %s is not done as if there were none',
    async (name) => {
      const answer = await at.object('PUT', { body: 'x', headers: { [name]: '*' } });
      expect([answer.status, (await at.object('GET')).body]).toEqual([501, '0123456789']);
    },
  );

  test('needs a length or chunks', async () => {
    const socket = connect(at.gateway.port, '127.0.0.1');
    socket.write('PUT /pictures/new HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    const anonymous = Buffer.concat(await socket.toArray()).toString();
    expect(anonymous).toContain('403 Forbidden');
    await at.gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read-write' });
    const open = connect(at.gateway.port, '127.0.0.1');
    open.write('PUT /pictures/new HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    expect(Buffer.concat(await open.toArray()).toString()).toMatch(/411 .*MissingContentLength/s);
  });

  test.each([
    ['a wrong MD5', { headers: { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' } }, 'InvalidDigest'],
    ['no MD5 where one should be', { headers: { 'content-md5': 'what?' } }, 'InvalidDigest'],
    ['a key of 1,024 bytes', { key: 'k'.repeat(1024) }, 'InvalidObjectName'],
    ['a key that begins with a slash', { key: '/k' }, 'InvalidObjectName'],
    ['metadata of 9 kB', { headers: { 'x-oss-meta-a': 'a'.repeat(9000) } }, 'InvalidArgument'],
    ['a length of 6 GB', { headers: { 'content-length': String(6 * 1024 ** 3) } }, 'InvalidArgument'],
  ])('%s is refused and stores nothing', async (_what, request, expected) => {
    const answer = await at.object('PUT', { key: 'new', body: 'hello', ...request });
    expect([answer.status, textOf(answer.body, 'Code')]).toEqual([400, expected]);
    expect(await at.keys()).toEqual(['key']);
  });

  test('a name of 1,023 bytes, dots or odd Unicode is kept as it is', async () => {
    const names = ['k'.repeat(1023), '../../x', 'a//b', '\u{1F600} é+%2F', '__proto__'];
    for (const key of names) {
      expect((await at.object('PUT', { key, body: key })).status).toBe(200);
      expect((await at.object('GET', { key })).body).toBe(key);
    }
    expect(await at.keys()).toEqual(expect.arrayContaining(names));
  });

  test('a line cut in mid-body leaves nothing, and the server goes on', async () => {
    await at.gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read-write' });
    const socket = connect(at.gateway.port, '127.0.0.1');
    socket.write('PUT /pictures/cut HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n');
    await new Promise((resolve) => {
      socket.write(Buffer.alloc(300_000), resolve);
    });
    socket.destroy();
    await once(socket, 'close');
    expect(await at.keys()).toEqual(['key']);
    expect((await at.object('PUT', { key: 'next', body: 'x' })).status).toBe(200);
    expect(at.gateway.errors).toEqual([]);
  });

  test('a client that waits for 100-continue is told to go on', async () => {
    await at.gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read-write' });
    const headers = { Expect: '100-continue', 'Content-Length': '5' };
    const request = httpRequest({ port: at.gateway.port, method: 'PUT', path: '/pictures/waited', headers });
    request.flushHeaders();
    await once(request, 'continue');
    request.end('hello');
    const [response] = await once(request, 'response');
    response.resume();
    expect((await at.gateway.store.head('pictures', 'waited')).size).toBe(5);
  });

  test('may be forbidden to overwrite', async () => {
    const answer = await at.object('PUT', { body: 'x', headers: { 'x-oss-forbid-overwrite': 'true' } });
    expect([answer.status, textOf(answer.body, 'Code')]).toEqual([409, 'FileAlreadyExists']);
  });
});

describe('getting', () => {
  test('a range inside the object is answered with 206, any other with the whole object', async () => {
    expect(await range('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await range('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await range('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789']);
    for (const odd of [
      'bytes=5-20',
      'bytes=10-',
      'bytes=4-2',
      'bytes=-0',
      'bytes=0-1,3-4',
      'lines=1-2',
      'bytes=-',
    ]) {
      expect(await range(odd)).toEqual([200, undefined, '0123456789']);
    }
  });

  test('a client that asks for the standard gets it', async () => {
    const standard = { 'x-oss-range-behavior': 'standard' };
    expect(await range('bytes=5-20', standard)).toEqual([206, 'bytes 5-9/10', '56789']);
    const [status, contentRange] = await range('bytes=10-', standard);
    expect([status, contentRange]).toEqual([416, 'bytes */10']);
  });

  test('conditions hold or do not', async () => {
    const { headers } = await at.object('HEAD');
    const etag = headers['etag'] ?? '';
    const past = new Date(0).toUTCString();
    const future = new Date(Date.now() + 60_000).toUTCString();
    const status = async (condition: Record<string, string>) =>
      (await at.object('GET', { headers: condition })).status;
    expect(await status({ 'if-none-match': etag })).toBe(304);
    expect(await status({ 'if-none-match': etag.replaceAll('"', '').toLowerCase() })).toBe(304);
    expect(await status({ 'if-none-match': '"OTHER"' })).toBe(200);
    expect(await status({ 'if-match': etag })).toBe(200);
    expect(await status({ 'if-match': '"OTHER"' })).toBe(412);
    expect(await status({ 'if-modified-since': future })).toBe(304);
    expect(await status({ 'if-modified-since': past })).toBe(200);
    expect(await status({ 'if-unmodified-since': past })).toBe(412);
    expect(await status({ 'if-unmodified-since': future })).toBe(200);
  });

  test('a HEAD says everything but the bytes', async () => {
    const { status, headers, body } = await at.object('HEAD');
    expect([status, body]).toEqual([200, '']);
    expect(headers).toMatchObject({
      'content-length': '10',
      'content-md5': 'eB5eJF1ptWaXm4bijSPyxw==',
      etag: '"781E5E245D69B566979B86E28D23F2C7"',
      'x-oss-object-type': 'Normal',
      'x-oss-storage-class': 'Standard',
      'x-oss-hash-crc64ecma': expect.stringMatching(/^\d+$/),
      server: 'AliyunOSS',
    });
  });

  test('a GET that has begun finishes although the object is deleted', async () => {
    const bytes = Buffer.alloc(3_000_000, 7);
    await at.gateway.store.put('pictures', 'big', Readable.from([bytes]));
    await at.gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read' });
    const response = await fetch(`${at.gateway.url}/pictures/big`);
    await at.gateway.store.delete('pictures', 'big');
    expect(bytes.equals(Buffer.from(await response.arrayBuffer()))).toBe(true);
  });
});

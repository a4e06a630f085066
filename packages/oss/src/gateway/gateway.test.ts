import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendRaw, send as sendSigned, type TestRequest, textOf } from '../signed-request.ts';
import { ada, bob, startTemporaryGateway, type TemporaryGateway } from '../temporary-gateway.ts';

let gateway: TemporaryGateway;

beforeEach(async () => {
  gateway = await startTemporaryGateway();
  await gateway.store.createBucket('pictures', ada.owner);
  await gateway.store.put('pictures', 'key', Readable.from([Buffer.from('0123456789')]));
});

afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
});

type Request = Omit<TestRequest, 'port'>;
const send = (request: Request) => sendSigned({ ...request, port: gateway.port });
const object = (method: string, more: Partial<Request> = {}) =>
  send({ method, bucket: 'pictures', key: 'key', account: ada, ...more });
const bucket = (method: string, more: Partial<Request> = {}) =>
  send({ method, bucket: 'pictures', account: ada, ...more });
const keys = async () => (await gateway.store.list('pictures')).objects.map(({ key }) => key);

const code = async (request: Partial<Request>) => textOf((await object('GET', request)).body, 'Code');

const range = async (value: string, more: Record<string, string> = {}) => {
  const { status, headers, body } = await object('GET', { headers: { range: value, ...more } });
  return [status, headers['content-range'], body];
};

const deleteKeys = (body: string) => bucket('POST', { query: [['delete', '']], body });

describe('who may do what', () => {
  test("a bucket is of no use to other accounts' keys", async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      expect((await object(method, { account: bob, body: '' })).status).toBe(403);
    }
    const { body } = await bucket('GET', { account: bob });
    expect(textOf(body, 'Code')).toBe('AccessDenied');
    expect((await send({ method: 'PUT', bucket: 'pictures', account: bob })).status).toBe(409);
    expect(await keys()).toEqual(['key']);
  });

  test('nobody copies out of a bucket that is not theirs', async () => {
    await gateway.store.createBucket('bobs', bob.owner);
    const copy = { bucket: 'bobs', account: bob, headers: { 'x-oss-copy-source': '/pictures/key' } };
    expect((await object('PUT', copy)).status).toBe(403);
  });

  test('anonymous requests read what is public, and no more', async () => {
    expect((await object('GET', { account: undefined })).status).toBe(403);
    expect(
      (await bucket('PUT', { query: [['acl', '']], headers: { 'x-oss-acl': 'public-read' } })).status,
    ).toBe(200);
    expect(await object('GET', { account: undefined })).toMatchObject({ status: 200, body: '0123456789' });
    expect((await object('PUT', { account: undefined, body: 'x' })).status).toBe(403);
    expect((await object('DELETE', { account: undefined })).status).toBe(403);
    expect((await bucket('GET', { account: undefined })).status).toBe(403);
    expect((await send({ method: 'GET' })).status).toBe(403);
    const overrides = { query: [['response-content-type', 'text/html']] as const };
    expect((await object('GET', { account: undefined, ...overrides })).status).toBe(403);
  });

  test('an anonymous request may name the bucket in the Host header', async () => {
    await gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read' });
    const answer = await sendRaw(gateway.port, 'GET', '/key', {
      host: 'pictures.oss-cn-hangzhou.aliyuncs.com',
    });
    expect(answer).toMatchObject({ status: 200, body: '0123456789' });
  });
});

describe('signatures that are refused', () => {
  test('an unknown key, a wrong secret, a stranger date', async () => {
    expect(await code({ account: { ...ada, id: 'nobody' } })).toBe('InvalidAccessKeyId');
    expect(await code({ account: { ...ada, secret: 'guess' } })).toBe('SignatureDoesNotMatch');
    const twentyMinutes = 20 * 60 * 1000;
    for (const off of [-twentyMinutes, twentyMinutes]) {
      const { status, body } = await object('GET', { date: new Date(Date.now() + off) });
      expect([status, textOf(body, 'Code'), textOf(body, 'Message')]).toEqual([
        403,
        'RequestTimeTooSkewed',
        'The difference between the request time and the current time is too large.',
      ]);
    }
  });

  test('the answer to a wrong secret shows what to sign, and no secret', async () => {
    const { body } = await object('GET', { account: { ...ada, secret: 'guess' }, query: [['acl', '']] });
    const text = textOf(body, 'StringToSign');
    expect(text).toMatch(/^GET\n.*\/pictures\/key\?acl$/s);
    expect(textOf(body, 'StringToSignBytes')).toMatch(/^47 45 54 0A( [0-9A-F]{2})*$/);
    expect(body).not.toContain(ada.secret);
  });

  test('a URL that has expired, lacks a parameter, or comes with a header signature, too', async () => {
    const now = Math.floor(Date.now() / 1000);
    expect((await object('GET', { expires: now + 60 })).body).toBe('0123456789');
    const expired = await object('GET', { expires: now - 1 });
    expect([expired.status, textOf(expired.body, 'Message')]).toEqual([403, 'Request has expired.']);
    const path = '/pictures/key?OSSAccessKeyId=x&Expires=9999999999';
    expect(textOf((await sendRaw(gateway.port, 'GET', path)).body, 'Code')).toBe('AccessDenied');
    const both = await sendRaw(gateway.port, 'GET', `${path}&Signature=s`, { authorization: 'OSS a:b' });
    expect([both.status, textOf(both.body, 'Code')]).toEqual([400, 'InvalidArgument']);
  });

  test.each(['Basic abc', 'OSS', 'OSS ada', 'OSS2 a:b', 'OSS4-HMAC-SHA256 Credential=a/b'])(
    'the header %j is malformed',
    async (authorization) => {
      const headers = { authorization, 'x-oss-date': '20261122T000000Z' };
      expect((await sendRaw(gateway.port, 'GET', '/pictures/key', headers)).status).toBeOneOf([400, 403]);
    },
  );

  test('a header signature without a date', async () => {
    const answer = await sendRaw(gateway.port, 'GET', '/pictures/key', { authorization: 'OSS a:b' });
    expect([answer.status, textOf(answer.body, 'Code')]).toEqual([403, 'AccessDenied']);
  });
});

describe('errors', () => {
  test('have a document without namespace and the request id in both places', async () => {
    const { status, headers, body } = await object('GET', { key: 'missing <&>' });
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/xml');
    expect(body).not.toContain('xmlns');
    expect(textOf(body, 'Code')).toBe('NoSuchKey');
    expect(textOf(body, 'Key')).toBe('missing &lt;&amp;&gt;');
    expect(textOf(body, 'RequestId')).toBe(headers['x-oss-request-id']);
    expect(headers['x-oss-request-id']).toMatch(/^[0-9A-F]{24}$/);
  });

  test('of a HEAD request are in the header x-oss-err', async () => {
    const { status, headers, body } = await object('HEAD', { bucket: 'no-such-bucket' });
    const xml = Buffer.from(headers['x-oss-err'] ?? '', 'base64').toString();
    expect([status, body, textOf(xml, 'Code')]).toEqual([404, '', 'NoSuchBucket']);
  });

  test('what OSS has and this gateway has not says so', async () => {
    const missing = [
      await bucket('GET', { query: [['cors', '']] }),
      await bucket('PUT', { query: [['lifecycle', '']], body: '<x/>' }),
      await object('GET', { query: [['x-oss-process', 'image/resize,w_1']] }),
      await object('PUT', { body: 'x', headers: { 'x-oss-server-side-encryption': 'KMS' } }),
      await bucket('POST', { body: 'form' }),
    ];
    expect(missing.map(({ status, body }) => [status, textOf(body, 'Code')])).toEqual(
      Array.from({ length: 5 }, () => [501, 'NotImplemented']),
    );
    expect((await object('PATCH')).status).toBe(405);
    expect(await keys()).toEqual(['key']);
  });

  test('a path that is no UTF-8 is refused', async () => {
    for (const path of ['/pictures/%zz', '/pictures/%C3', '/?prefix=%FF']) {
      const { status, body } = await sendRaw(gateway.port, 'GET', path);
      expect([status, textOf(body, 'Code')]).toEqual([400, 'InvalidURI']);
    }
  });
});

describe('putting', () => {
  test('needs a length or chunks', async () => {
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write('PUT /pictures/new HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    const anonymous = Buffer.concat(await socket.toArray()).toString();
    expect(anonymous).toContain('403 Forbidden');
    await gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read-write' });
    const open = connect(gateway.port, '127.0.0.1');
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
    const answer = await object('PUT', { key: 'new', body: 'hello', ...request });
    expect([answer.status, textOf(answer.body, 'Code')]).toEqual([400, expected]);
    expect(await keys()).toEqual(['key']);
  });

  test('a name of 1,023 bytes, dots or odd Unicode is kept as it is', async () => {
    const names = ['k'.repeat(1023), '../../x', 'a//b', '\u{1F600} é+%2F', '__proto__'];
    for (const key of names) {
      expect((await object('PUT', { key, body: key })).status).toBe(200);
      expect((await object('GET', { key })).body).toBe(key);
    }
    expect(await keys()).toEqual(expect.arrayContaining(names));
  });

  test('a line cut in mid-body leaves nothing, and the server goes on', async () => {
    await gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read-write' });
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write('PUT /pictures/cut HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n');
    await new Promise((resolve) => {
      socket.write(Buffer.alloc(300_000), resolve);
    });
    socket.destroy();
    await once(socket, 'close');
    expect(await keys()).toEqual(['key']);
    expect((await object('PUT', { key: 'next', body: 'x' })).status).toBe(200);
    expect(gateway.errors).toEqual([]);
  });

  test('a client that waits for 100-continue is told to go on', async () => {
    await gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read-write' });
    const headers = { Expect: '100-continue', 'Content-Length': '5' };
    const request = httpRequest({ port: gateway.port, method: 'PUT', path: '/pictures/waited', headers });
    request.flushHeaders();
    await once(request, 'continue');
    request.end('hello');
    const [response] = await once(request, 'response');
    response.resume();
    expect((await gateway.store.head('pictures', 'waited')).size).toBe(5);
  });

  test('may be forbidden to overwrite', async () => {
    const answer = await object('PUT', { body: 'x', headers: { 'x-oss-forbid-overwrite': 'true' } });
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
    const { headers } = await object('HEAD');
    const etag = headers['etag'] ?? '';
    const past = new Date(0).toUTCString();
    const future = new Date(Date.now() + 60_000).toUTCString();
    const status = async (condition: Record<string, string>) =>
      (await object('GET', { headers: condition })).status;
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
    const { status, headers, body } = await object('HEAD');
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
    await gateway.store.put('pictures', 'big', Readable.from([bytes]));
    await gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read' });
    const response = await fetch(`${gateway.url}/pictures/big`);
    await gateway.store.delete('pictures', 'big');
    expect(bytes.equals(Buffer.from(await response.arrayBuffer()))).toBe(true);
  });
});

describe('listings', () => {
  beforeEach(async () => {
    for (let number = 0; number < 120; number += 1) {
      const key = `l/${String(number).padStart(3, '0')} &é`;
      await gateway.store.put('pictures', key, Readable.from([Buffer.from('x')]));
    }
  });

  test('have a hundred entries unless told otherwise, with an owner in version 1', async () => {
    const { body } = await bucket('GET');
    expect(body.match(/<Contents>/g)).toHaveLength(100);
    expect([textOf(body, 'IsTruncated'), textOf(body, 'MaxKeys'), textOf(body, 'ID')]).toEqual([
      'true',
      '100',
      ada.owner,
    ]);
    expect(body).not.toContain('xmlns');
  });

  test('encode names when asked to', async () => {
    const query = [
      ['encoding-type', 'url'],
      ['prefix', 'l/000'],
      ['delimiter', ' '],
    ] as const;
    const { body } = await bucket('GET', { query });
    expect([textOf(body, 'EncodingType'), textOf(body, 'Delimiter')]).toEqual(['url', '%20']);
    expect(body).toContain('<CommonPrefixes><Prefix>l%2F000%20</Prefix></CommonPrefixes>');
  });

  test('of version 2 go on by token and have an owner only on demand', async () => {
    const v2 = [
      ['list-type', '2'],
      ['prefix', 'l/'],
      ['max-keys', '70'],
    ] as const;
    const first = (await bucket('GET', { query: v2 })).body;
    expect([textOf(first, 'KeyCount'), textOf(first, 'ID')]).toEqual(['70', undefined]);
    const token = textOf(first, 'NextContinuationToken') ?? '';
    const second = (
      await bucket('GET', { query: [...v2, ['continuation-token', token], ['fetch-owner', 'true']] })
    ).body;
    expect([textOf(second, 'KeyCount'), textOf(second, 'ID'), textOf(second, 'IsTruncated')]).toEqual([
      '50',
      ada.owner,
      'false',
    ]);
  });

  test.each([
    ['max-keys', '0'],
    ['max-keys', '1001'],
    ['max-keys', 'many'],
    ['encoding-type', 'base64'],
  ])('%s=%s is refused', async (name, value) => {
    const { status, body } = await bucket('GET', { query: [[name, value]] });
    expect([status, textOf(body, 'ArgumentName')]).toEqual([400, name]);
  });

  test('a token that is none is refused', async () => {
    const query = [
      ['list-type', '2'],
      ['continuation-token', '!!'],
    ] as const;
    expect((await bucket('GET', { query })).status).toBe(400);
  });
});

describe('documents from clients', () => {
  test('a quiet deletion answers with nothing', async () => {
    const answer = await deleteKeys('<Delete><Quiet>true</Quiet><Object><Key>key</Key></Object></Delete>');
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(await keys()).toEqual([]);
  });

  test.each([
    [
      'an entity of its own',
      '<!DOCTYPE d [<!ENTITY e "key">]><Delete><Object><Key>&e;</Key></Object></Delete>',
    ],
    ['another root', '<Remove><Object><Key>key</Key></Object></Remove>'],
    ['no key', '<Delete></Delete>'],
    ['a tag that is not closed', '<Delete><Object><Key>key</Key></Delete>'],
    ['1,001 keys', `<Delete>${'<Object><Key>key</Key></Object>'.repeat(1001)}</Delete>`],
    ['3 MB', `<Delete><Object><Key>key</Key></Object><!--${'x'.repeat(3_000_000)}--></Delete>`],
    ['nothing', ''],
  ])('one with %s is malformed and deletes nothing', async (_what, xml) => {
    const { status, body } = await deleteKeys(xml);
    expect([status, textOf(body, 'Code')]).toEqual([400, 'MalformedXML']);
    expect(await keys()).toEqual(['key']);
  });
});

describe('browsers', () => {
  test('may ask before they send, and read ETags afterwards', async () => {
    const preflight = await sendRaw(gateway.port, 'OPTIONS', '/pictures/key', {
      origin: 'http://console.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization, x-oss-date',
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': expect.stringContaining('PUT'),
      'access-control-allow-headers': 'authorization, x-oss-date',
    });
    const { headers } = await object('GET', { headers: { origin: 'http://console.example' } });
    expect(headers['access-control-expose-headers']).toContain('ETag');
  });
});

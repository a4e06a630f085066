import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeClient } from '../clients/make-client.ts';
import { useGateway } from '../gateway-fixture.ts';
import { textOf } from '../signed-request.ts';
import { ada } from '../temporary-gateway.ts';

const at = useGateway();

/** The server that is called back: keeps what it hears, answers as told. */
let server: Server;
let heard: { headers: IncomingHttpHeaders; body: string }[];
let answer: { status: number; body: string; location?: string };
let url: string;

beforeEach(async () => {
  heard = [];
  answer = { status: 200, body: '{"fine":true}' };
  server = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    incoming.on('end', () => {
      heard.push({ headers: incoming.headers, body });
      const { status, location } = answer;
      response.writeHead(status, location === undefined ? {} : { location }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/told` : '';
});

afterEach(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

const encode = (document: object) => Buffer.from(JSON.stringify(document)).toString('base64');
const put = (callback: object, more: Record<string, string> = {}) =>
  at.object('PUT', { key: 'new', body: 'hello', headers: { 'x-oss-callback': encode(callback), ...more } });

test('the other server hears of the object, and its answer is the answer', async () => {
  const client = makeClient({
    accessKeyId: ada.id,
    accessKeySecret: ada.secret,
    endpoint: `http://localhost:${at.gateway.port}`,
    bucket: 'pictures',
    sldEnable: true,
  });
  const result = await client.put('dir/a b', Buffer.from('hello'), {
    callback: {
      url,
      body: 'bucket=${bucket}&object=${object}&size=${size}&who=${x:who}&none=${imageInfo.width}',
      contentType: 'application/x-www-form-urlencoded',
      customValue: { who: 'é&me' },
    },
  });
  expect(result).toMatchObject({ data: { fine: true } });
  expect(heard.map(({ body }) => body)).toEqual([
    'bucket=pictures&object=dir%2Fa%20b&size=5&who=%C3%A9%26me&none=',
  ]);
  expect(heard[0]?.headers).toMatchObject({
    'x-oss-bucket': 'pictures',
    'content-type': 'application/x-www-form-urlencoded',
  });
});

test('a JSON body is valid JSON with and without quotes in the template', async () => {
  const callbackBody = '{"key":${object},"again":"${object}","size":${size},"mime":${mimeType}}';
  await put({
    callbackUrl: url,
    callbackBody,
    callbackBodyType: 'application/json',
    callbackHost: 'me.example',
  });
  expect(JSON.parse(heard[0]?.body ?? '')).toEqual({
    key: 'new',
    again: 'new',
    size: 5,
    mime: 'application/octet-stream',
  });
  expect(heard[0]?.headers.host).toBe('me.example');
});

test.each([
  ['an error', { status: 500, body: '{}' }],
  ['no JSON', { status: 200, body: 'fine' }],
  ['a redirection', { status: 302, body: '{}', location: 'http://127.0.0.1:1/' }],
])('when it answers %s the client gets 203, and the object is kept', async (_, reply) => {
  answer = reply;
  const { status, body } = await put({ callbackUrl: url, callbackBody: 'a=b' });
  expect([status, textOf(body, 'Code')]).toEqual([203, 'CallbackFailed']);
  expect((await at.object('GET', { key: 'new' })).body).toBe('hello');
  expect(heard).toHaveLength(1);
});

test('a variable that is no Unicode text harms nothing', async () => {
  const variables = Buffer.from('{"x:v":"\\ud800"}').toString('base64');
  const { status } = await put(
    { callbackUrl: url, callbackBody: 'v=${x:v}' },
    { 'x-oss-callback-var': variables },
  );
  expect([status, heard.map(({ body }) => body)]).toEqual([200, ['v=%EF%BF%BD']]);
});

test('the next URL is tried when one fails', async () => {
  const { status, body } = await put({ callbackUrl: `http://127.0.0.1:1/;${url}`, callbackBody: 'a=b' });
  expect([status, body]).toEqual([200, '{"fine":true}']);
});

test('completing an upload, and a form, call back, too', async () => {
  const callback = encode({ callbackUrl: url, callbackBody: 'op=${operation}&x=${x:v}' });
  const started = await at.object('POST', { key: 'parts', query: [['uploads', '']] });
  const upload = ['uploadId', textOf(started.body, 'UploadId') ?? ''] as const;
  await at.object('PUT', { key: 'parts', query: [['partNumber', '1'], upload], body: 'x' });
  const headers = { 'x-oss-complete-all': 'yes', 'x-oss-callback': callback };
  expect((await at.object('POST', { key: 'parts', query: [upload], headers })).body).toBe('{"fine":true}');
  await at.gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read-write' });
  const form = new FormData();
  form.append('key', 'form');
  form.append('callback', callback);
  form.append('x:v', 'value');
  form.append('file', new Blob(['x']), 'f');
  const posted = await fetch(`${at.gateway.url}/pictures`, { method: 'POST', body: form });
  expect(await posted.text()).toBe('{"fine":true}');
  expect(heard.map(({ body }) => body)).toEqual(['op=CompleteMultipartUpload&x=', 'op=PostObject&x=value']);
});

test('nothing is called, and nothing stored, that the server may not call or cannot read', async () => {
  const refused = [
    await put({ callbackUrl: 'http://169.254.169.254/latest', callbackBody: 'a' }),
    await put({ callbackUrl: `${url};http://localhost/`, callbackBody: 'a' }),
    await put({ callbackUrl: url }),
    await put({ callbackUrl: 'http://', callbackBody: 'a' }),
    await at.object('PUT', { key: 'new', body: 'x', headers: { 'x-oss-callback': 'no base64 JSON' } }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([501, 501, 400, 400, 400]);
  expect(heard).toEqual([]);
  expect(await at.keys()).toEqual(['key']);
});

import { Readable } from 'node:stream';
import OSS from 'ali-oss';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { useGateway } from '../gateway-fixture.ts';
import { textOf, type TestResponse } from '../signed-request.ts';
import { ada, bob } from '../temporary-gateway.ts';

const at = useGateway();

/** 400 x 267 pixels. */
const example = (): Promise<Buffer> =>
  sharp({ create: { width: 400, height: 267, channels: 3, background: '#ff0000' } })
    .jpeg({ quality: 80 })
    .toBuffer();

async function put(key: string, bytes: Buffer): Promise<void> {
  await at.gateway.store.put('pictures', key, Readable.from([bytes]));
}

type Sender = Partial<Parameters<typeof at.object>[1]>;

const processed = (key: string, value: string, more: Sender = {}): Promise<TestResponse> =>
  at.object('GET', { key, query: [['x-oss-process', value]], ...more });

const saved = (value: string, more: Sender = {}): Promise<TestResponse> =>
  at.object('POST', {
    key: 'a.jpg',
    query: [['x-oss-process', '']],
    body: `x-oss-process=${value}`,
    ...more,
  });

const refusal = ({ status, body, headers }: TestResponse): unknown => [
  status,
  textOf(body, 'Code'),
  headers['x-oss-ec'],
];

const refused = async (key: string, value: string): Promise<unknown> => refusal(await processed(key, value));

const encoded = (name: string): string => Buffer.from(name).toString('base64url');

test('a picture is resized for whoever may read it', async () => {
  await put('a.jpg', await example());
  const original = await at.object('GET', { key: 'a.jpg' });
  const small = await processed('a.jpg', 'image/resize,w_100');
  expect(small).toMatchObject({ status: 200, headers: { 'content-type': 'image/jpeg' } });
  expect(await sharp(small.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 100, height: 67 });
  // The ETag tells the source; a checksum of it would be one of other bytes.
  expect(small.headers['etag']).toBe(original.headers['etag']);
  expect(small.headers['x-oss-hash-crc64ecma']).toBeUndefined();

  const asked = 'image/resize,w_100';
  const expires = Math.floor(Date.now() / 1000) + 60;
  expect((await processed('a.jpg', asked, { expires })).status).toBe(200);
  expect((await processed('a.jpg', asked, { account: bob })).status).toBe(403);
  expect((await processed('a.jpg', asked, { account: undefined })).status).toBe(403);
  await at.object('PUT', {
    key: 'a.jpg',
    query: [['acl', '']],
    headers: { 'x-oss-object-acl': 'public-read' },
  });
  expect((await processed('a.jpg', asked, { account: undefined })).status).toBe(200);

  const etag = original.headers['etag'] ?? '';
  expect((await processed('a.jpg', asked, { headers: { 'if-none-match': etag } })).status).toBe(304);
  const typed = [
    ['x-oss-process', asked],
    ['response-content-type', 'image/x-mine'],
  ] as const;
  expect((await processed('a.jpg', '', { query: typed })).headers['content-type']).toBe('image/x-mine');
});

test('what cannot be processed is refused in the words of the wire', async () => {
  await put('a.jpg', await example());
  await put('huge', Buffer.alloc(20 * 1024 * 1024 + 1));
  expect(await refused('key', 'image/resize,w_100')).toEqual([400, 'BadRequest', '0040-00000005']);
  expect(await refused('huge', 'image/info')).toEqual([400, 'ImageTooLarge', undefined]);
  expect(await refused('nothing', 'image/info')).toEqual([404, 'NoSuchKey', '0026-00000001']);
  expect(await refused('a.jpg', 'image/slim,1')).toEqual([400, 'InvalidArgument', '0040-00000213']);
  expect(await refused('a.jpg', 'image/crop,x_400')).toEqual([400, 'BadRequest', undefined]);
  expect(await refused('a.jpg', 'style/small')).toEqual([404, 'NoSuchStyle', undefined]);
  expect(await refused('a.jpg', 'video/snapshot')).toEqual([501, 'NotImplemented', undefined]);
  expect(await refused('a.jpg', `image/info|sys/saveas,o_${encoded('b')}`)).toEqual([
    400,
    'InvalidArgument',
    undefined,
  ]);
  expect(at.gateway.errors).toEqual([]);
});

test('a picture is kept by POST, with the names in base64', async () => {
  await put('a.jpg', await example());
  const reply = await saved(`image/resize,w_100|sys/saveas,o_${encoded('thumbs/ä.jpg')}`);
  expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
  const info = await at.gateway.store.head('pictures', 'thumbs/ä.jpg');
  expect(info).toMatchObject({ contentType: 'image/jpeg', type: 'Normal' });
  const told = { bucket: '', fileSize: info.size, object: 'thumbs/ä.jpg', status: 'OK' };
  expect(JSON.parse(reply.body)).toEqual(told);

  await at.gateway.store.createBucket('of-bob', bob.owner);
  const elsewhere = `image/rotate,90|sys/saveas,o_${encoded('x')},b_${encoded('of-bob')}`;
  expect(refusal(await saved(elsewhere))).toEqual([403, 'AccessDenied', '0003-00000001']);
  const nowhere = `image/rotate,90|sys/saveas,o_${encoded('x')},b_${encoded('no-bucket')}`;
  expect((await saved(nowhere)).status).toBe(404);
  expect((await saved('image/rotate,90')).status).toBe(400);
  expect((await at.object('POST', { query: [['x-oss-process', '']], body: 'image/rotate,90' })).status).toBe(
    400,
  );
  expect(await at.keys()).toEqual(['a.jpg', 'key', 'thumbs/ä.jpg']);
});

const to = (key: string): string => `image/rotate,90|sys/saveas,o_${encoded(key)}`;

test('a limited key keeps pictures where it may write, of sources that it may read', async () => {
  await put('a.jpg', await example());
  const grants = [
    { bucket: 'pictures', prefix: 'a.jpg', access: 'read' as const },
    { bucket: 'pictures', prefix: 'mine/', access: 'write' as const },
  ];
  const limited = { ...ada, id: 'AKIDLIMITED', grants };
  at.gateway.keys.set(limited.id, limited);
  expect((await saved(to('mine/b.jpg'), { account: limited })).status).toBe(200);
  expect((await saved(to('b.jpg'), { account: limited })).status).toBe(403);
  expect((await saved(to('mine/b.jpg'), { account: limited, key: 'key' })).status).toBe(403);
});

test("the vendor's client processes pictures", async () => {
  await put('a.jpg', await example());
  const options = {
    endpoint: `http://localhost:${at.gateway.port}`,
    sldEnable: true,
    bucket: 'pictures',
    accessKeyId: ada.id,
    accessKeySecret: ada.secret,
  };
  const client = new OSS(options);
  const { content } = await client.get('a.jpg', { process: 'image/resize,m_fixed,w_50,h_60' });
  expect(await sharp(content).metadata()).toMatchObject({ width: 50, height: 60 });
  const url = client.signatureUrl('a.jpg', { process: 'image/info' });
  expect(await (await fetch(url)).json()).toMatchObject({ ImageWidth: { value: '400' } });
});

const style = (method: string, name?: string, content?: string): Promise<TestResponse> =>
  at.bucket(method, {
    query: [['style', ''], ...(name === undefined ? [] : [['styleName', name] as const])],
    ...(content !== undefined && { body: `<Style><Content>${content}</Content></Style>` }),
  });

test('a style stands for what it says when it is used', async () => {
  await put('a.jpg', await example());
  expect((await style('PUT', 'small', 'image/resize,w_50')).status).toBe(200);
  expect((await style('PUT', 'odd', 'csdar5324')).status).toBe(200);
  const shown = await style('GET', 'small');
  expect([textOf(shown.body, 'Name'), textOf(shown.body, 'Content')]).toEqual(['small', 'image/resize,w_50']);
  expect(await sharp((await processed('a.jpg', 'style/small')).bytes).metadata()).toMatchObject({
    width: 50,
  });
  expect((await saved(`style/small|sys/saveas,o_${encoded('b.jpg')}`)).status).toBe(200);
  expect(await refused('a.jpg', 'style/odd')).toEqual([501, 'NotImplemented', undefined]);

  await style('PUT', 'small', 'image/resize,w_60');
  const listed = (await style('GET')).body;
  expect(listed.match(/<Name>[^<]*/g)).toEqual(['<Name>small', '<Name>odd']);
  expect(listed).toContain('image/resize,w_60');
  expect((await style('DELETE', 'small')).status).toBe(204);
  expect((await style('DELETE', 'small')).status).toBe(204);
  expect(refusal(await style('GET', 'small'))).toEqual([404, 'NoSuchStyle', undefined]);
});

test('styles have plain names and some content, and there are fifty of a bucket', async () => {
  expect(refusal(await style('PUT', '@%$^', 'image/info'))).toEqual([400, 'InvalidArgument', undefined]);
  expect((await style('PUT', 'a', '')).body).toContain('Style content is invalid.');
  const made = Array.from({ length: 51 }, (_, index) => style('PUT', `s${index}`, 'image/info'));
  const statuses = (await Promise.all(made)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(50);
  expect(statuses.filter((status) => status === 403)).toHaveLength(1);
});

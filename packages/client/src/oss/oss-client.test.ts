import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyedServer } from '../http/keyed-server.ts';
import { cuttingProxy } from '../testing/cutting-proxy.ts';
import { httpAnswers } from '../testing/http-answers.ts';
import { all } from '../testing/all.ts';
import { testServer } from '../testing/test-server.ts';
import { ObjectWriter } from './object-writer.ts';
import { OssClient } from './oss-client.ts';
import { OssSession } from './oss-session.ts';

const KEY = { accessKeyId: 'AK', accessKeySecret: 'SK' };
const retry = { pause: async () => Promise.resolve() };

test('stores, reads, lists and deletes objects whatever their names', async () => {
  const { objects } = await testServer();
  await objects.makeBucket('demo');
  const keys = ['a b/+c.txt', 'a b/%2F&?=#.txt', 'é/日本.txt', "quote'()*!~.txt", '007', '1e3', 'x'];
  for (const key of keys) await objects.put('demo', key, `content of ${key}`);
  for (const key of keys) {
    const { body } = await objects.get('demo', key);
    expect((await buffer(body)).toString()).toBe(`content of ${key}`);
  }
  const listed = await all(objects.list('demo'));
  expect(listed.map((entry) => entry.key).toSorted()).toEqual(keys.toSorted());
  await objects.delete('demo', 'x');
  await objects.delete('demo', 'x');
  expect(await objects.find('demo', 'x')).toBeUndefined();
});

test('reads ranges, and is told of one that starts behind the end', async () => {
  const { objects } = await testServer();
  await objects.makeBucket('demo');
  await objects.put('demo', 'digits', '0123456789');
  const read = async (start: number, end?: number) => {
    const range = end === undefined ? { start } : { start, end };
    return (await buffer((await objects.get('demo', 'digits', range)).body)).toString();
  };
  expect(await read(2, 4)).toBe('234');
  expect(await read(7)).toBe('789');
  await expect(read(10)).rejects.toMatchObject({ code: 'InvalidRange' });
  expect(await objects.head('demo', 'digits')).toMatchObject({
    size: 10,
    crc64: expect.stringMatching(/^\d+$/),
  });
});

test('lists folder by folder and through many pages', async () => {
  const { objects } = await testServer();
  await objects.makeBucket('demo');
  const numbers = Array.from({ length: 1_203 }, (_, index) => String(index).padStart(4, '0'));
  await Promise.all(numbers.map(async (number) => objects.put('demo', `many/${number}`, number)));
  await objects.put('demo', 'top.txt', '');
  const many = await all(objects.list('demo', { prefix: 'many/' }));
  expect(many.map((entry) => entry.key)).toEqual(numbers.map((number) => `many/${number}`));
  const top = await all(objects.list('demo', { delimiter: '/' }));
  expect(top.map((entry) => [entry.kind, entry.key])).toEqual([
    ['prefix', 'many/'],
    ['object', 'top.txt'],
  ]);
});

test('tells buckets that are there from those that are not', async () => {
  const { objects } = await testServer();
  await objects.makeBucket('demo');
  await objects.makeBucket('demo');
  expect((await objects.listBuckets()).map((bucket) => bucket.name)).toEqual(['demo']);
  expect([await objects.bucketExists('demo'), await objects.bucketExists('other')]).toEqual([true, false]);
  await objects.deleteBucket('demo');
  expect(await objects.bucketExists('demo')).toBe(false);
});

test('uploads a large file in parallel parts and brings the same bytes back', async () => {
  const { objects, folder } = await testServer();
  await objects.makeBucket('demo');
  const content = randomBytes(1_234_567);
  await writeFile(join(folder, 'big'), content);
  let told = 0;
  const onBytes = (bytes: number) => {
    told += bytes;
  };
  await objects.uploadFile(join(folder, 'big'), 'demo', 'big', { partSize: 102_400, parallel: 3, onBytes });
  expect(told).toBe(content.length);
  await objects.downloadFile('demo', 'big', join(folder, 'sub', 'back'));
  expect((await readFile(join(folder, 'sub', 'back'))).equals(content)).toBe(true);
});

test('goes on with an upload that broke off, sending only what is missing', async () => {
  const { objects, folder, oss } = await testServer();
  await objects.makeBucket('demo');
  const content = randomBytes(400_000);
  await writeFile(join(folder, 'big'), content);
  const session = new OssSession(
    new KeyedServer({ endpoint: oss, accessKeyId: 'AK', accessKeySecret: 'SK' }),
  );
  const writer = new ObjectWriter(session, 'demo', 'big');
  const uploadId = await writer.initiate();
  await writer.putPart(uploadId, 2, content.subarray(102_400, 204_800));
  await writer.putPart(uploadId, 3, randomBytes(102_400));
  await objects.uploadFile(join(folder, 'big'), 'demo', 'big', { partSize: 102_400 });
  expect(await writer.unfinished()).toEqual([]);
  const { body } = await objects.get('demo', 'big');
  expect((await buffer(body)).equals(content)).toBe(true);
  session.close();
});

test('goes on with a download where the connection broke', async () => {
  const { objects, folder, oss } = await testServer();
  await objects.makeBucket('demo');
  const content = randomBytes(3_000_000);
  await objects.put('demo', 'big', content);
  const proxy = await cuttingProxy(oss, 1_000_000, 2);
  const client = new OssClient({ endpoint: proxy.endpoint, ...KEY, retry });
  let told = 0;
  await client.downloadFile('demo', 'big', join(folder, 'back'), {
    onBytes: (bytes) => {
      told += bytes;
    },
  });
  client.close();
  expect(proxy.cutsLeft()).toBe(0);
  expect(told).toBe(content.length);
  expect((await readFile(join(folder, 'back'))).equals(content)).toBe(true);
});

test('leaves no file behind when a download fails', async () => {
  const { objects, folder } = await testServer();
  await objects.makeBucket('demo');
  await expect(objects.downloadFile('demo', 'nope', join(folder, 'out', 'nope'))).rejects.toMatchObject({
    code: 'NoSuchKey',
    resource: 'oss://demo/nope',
  });
  expect(await readdir(join(folder, 'out'))).toEqual([]);
});

test('notices bytes that were damaged on their way', async () => {
  const { endpoint } = await httpAnswers((_count, _request, response) => {
    response.writeHead(200, { 'x-oss-hash-crc64ecma': '1', etag: '"E"' });
    response.end('damaged');
  });
  const client = new OssClient({ endpoint, ...KEY, retry });
  await expect(client.put('demo', 'x', 'content')).rejects.toThrow(/damaged on its way/);
  const { body } = await client.get('demo', 'x');
  await expect(buffer(body)).rejects.toThrow(/damaged on its way/);
  client.close();
});

test('stores any bytes as they are', async () => {
  const { objects } = await testServer();
  await objects.makeBucket('demo');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
      await objects.put('demo', 'any', bytes);
      expect(await buffer((await objects.get('demo', 'any')).body)).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 25 },
  );
});

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, makeClient } from './make-client.ts';
import { ada, startTemporaryGateway, type TemporaryGateway } from '../temporary-gateway.ts';

/** Ways to point the client at a gateway; each puts the bucket somewhere else (spec/oss.md §1.1). */
const modes = [
  { name: 'localhost, path style', host: 'localhost', options: { sldEnable: true } },
  { name: 'an IP, bucket in the Host header', host: '127.0.0.1', options: {} },
  { name: 'an IP, bucket in path and Host header', host: '127.0.0.1', options: { sldEnable: true } },
  { name: 'a CNAME, no bucket anywhere', host: '127.0.0.1', options: { cname: true } },
];
const signatures = [
  { signature: 'V1', authorizationV4: false },
  { signature: 'V4', authorizationV4: true },
];
const cases = modes.flatMap((mode, index) =>
  signatures.map((signature) => ({ ...mode, ...signature, bucket: `bucket-${index}` })),
);

const ODD_KEY = "dir/a b+c!'()*~é%25&x=y?#.txt";

describe.each(cases)('ali-oss with $signature at $name', ({ host, options, authorizationV4, bucket }) => {
  let gateway: TemporaryGateway;
  let client: Client;
  let files: string;

  beforeAll(async () => {
    files = await mkdtemp(join(tmpdir(), 'rebatch-ali-oss-'));
    gateway = await startTemporaryGateway();
    await gateway.store.createBucket(bucket, ada.owner);
    client = makeClient({
      accessKeyId: ada.id,
      accessKeySecret: ada.secret,
      endpoint: `http://${host}:${gateway.port}`,
      bucket,
      authorizationV4,
      sldEnable: true,
    });
  });

  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await rm(files, { recursive: true });
  });

  test('an object with an odd name and metadata comes back as it went in', async () => {
    await client.put(ODD_KEY, Buffer.from('hello'), {
      mime: 'text/x-odd',
      meta: { author: 'ada', uid: 7, pid: 0 },
    });
    const { content, res } = await client.get(ODD_KEY);
    expect(content.toString()).toBe('hello');
    expect(res.headers).toMatchObject({
      'content-type': 'text/x-odd',
      'x-oss-meta-author': 'ada',
      etag: '"5D41402ABC4B2A76B9719D911017C592"',
    });
    expect((await client.head(ODD_KEY)).meta).toMatchObject({ author: 'ada', uid: '7' });
    expect((await client.getObjectMeta(ODD_KEY)).res.headers).toMatchObject({ 'content-length': '5' });
  });

  test('a stream of unknown length is stored', async () => {
    const bytes = randomBytes(200_000);
    await client.putStream('stream', Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]));
    expect(bytes.equals((await client.get('stream')).content)).toBe(true);
  });

  test('appends go on where the last one ended', async () => {
    const first = await client.append('log', Buffer.from('one'));
    expect(first.nextAppendPosition).toBe('3');
    await client.append('log', Buffer.from('two'), { position: '3' });
    expect((await client.get('log')).content.toString()).toBe('onetwo');
    await expect(client.append('log', Buffer.from('x'), { position: '1' })).rejects.toMatchObject({
      code: 'PositionNotEqualToLength',
      status: 409,
    });
  });

  test('a file goes up in parts and reads back whole', async () => {
    const bytes = randomBytes(350_000);
    const path = join(files, 'big');
    await writeFile(path, bytes);
    await client.multipartUpload('big file', path, { partSize: 102_400, parallel: 2 });
    expect(bytes.equals((await client.get('big file')).content)).toBe(true);
    const { content } = await client.get('big file', { headers: { Range: 'bytes=102395-204805' } });
    expect(bytes.subarray(102_395, 204_806).equals(content)).toBe(true);
  });

  test('listings of both versions find what was put', async () => {
    await Promise.all(['a/1', 'a/2', 'b/3'].map((key) => client.put(`list/${key}`, Buffer.from('x'))));
    const first = await client.list({ prefix: 'list/', delimiter: '/', 'max-keys': 1 }, {});
    expect([first.prefixes, first.isTruncated, first.nextMarker]).toEqual([['list/a/'], true, 'list/a/']);
    const second = await client.list(
      { prefix: 'list/', delimiter: '/', marker: first.nextMarker, 'max-keys': 9 },
      {},
    );
    expect([second.prefixes, second.isTruncated]).toEqual([['list/b/'], false]);
    const third = await client.listV2({ prefix: 'list/a/', 'max-keys': '1' }, {});
    expect(third.objects.map(({ name }) => name)).toEqual(['list/a/1']);
    const fourth = await client.listV2(
      { prefix: 'list/a/', 'continuation-token': third.nextContinuationToken, 'fetch-owner': true },
      {},
    );
    expect(fourth.objects.map(({ name, owner }) => [name, owner?.id])).toEqual([['list/a/2', ada.owner]]);
  });

  test('objects are copied and deleted, one or many', async () => {
    await client.put('from', Buffer.from('copied'), { meta: { a: '1', uid: 0, pid: 0 } });
    await client.copy('to & fro', 'from');
    expect((await client.get('to & fro')).content.toString()).toBe('copied');
    await client.delete('from');
    const { deleted } = await client.deleteMulti(['to & fro', 'never there']);
    expect(deleted.map(({ Key }) => Key).toSorted()).toEqual(['never there', 'to & fro']);
    await expect(client.get('to & fro')).rejects.toMatchObject({ code: 'NoSuchKey', status: 404 });
  });

  test('what is not there is an error with a name', async () => {
    await expect(client.head('nothing')).rejects.toMatchObject({ name: 'NoSuchKeyError', status: 404 });
    await expect(client.get('nothing')).rejects.toMatchObject({ name: 'NoSuchKeyError', status: 404 });
  });

  test('a wrong secret is told what should have been signed', async () => {
    const forger = makeClient({
      accessKeyId: ada.id,
      accessKeySecret: 'guess',
      endpoint: `http://${host}:${gateway.port}`,
      bucket,
      authorizationV4,
      ...options,
    });
    await expect(forger.get('log')).rejects.toMatchObject({ code: 'SignatureDoesNotMatch', status: 403 });
  });

  test('none of this made the gateway fail', () => {
    expect(gateway.errors).toEqual([]);
  });
});

describe.each(signatures)('ali-oss with $signature about buckets', ({ authorizationV4 }) => {
  let gateway: TemporaryGateway;
  let client: Client;

  beforeAll(async () => {
    gateway = await startTemporaryGateway();
    client = makeClient({
      accessKeyId: ada.id,
      accessKeySecret: ada.secret,
      endpoint: `http://localhost:${gateway.port}`,
      authorizationV4,
      sldEnable: true,
    });
  });

  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
  });

  test('buckets are made, described, opened and deleted', async () => {
    await client.putBucket('pictures');
    const { buckets } = await client.listBuckets({});
    const pictures = { name: 'pictures', region: 'oss-cn-hangzhou' };
    expect(buckets).toContainEqual(expect.objectContaining(pictures));
    expect((await client.getBucketInfo('pictures')).bucket).toMatchObject({
      Name: 'pictures',
      Owner: { ID: ada.owner },
      ExtranetEndpoint: `localhost:${gateway.port}`,
    });
    expect((await client.getBucketLocation('pictures')).location).toBe('oss-cn-hangzhou');
    expect((await client.getBucketStat('pictures')).stat).toMatchObject({ ObjectCount: '0' });
    await client.putBucketACL('pictures', 'public-read');
    expect((await client.getBucketACL('pictures')).acl).toBe('public-read');
    await client.deleteBucket('pictures');
    await expect(client.getBucketInfo('pictures')).rejects.toMatchObject({ code: 'NoSuchBucket' });
  });

  test('a signed URL lets anybody read, with another type if asked', async () => {
    await client.putBucket('signed');
    client.useBucket('signed');
    await client.put(ODD_KEY, Buffer.from('hello'));
    const url = authorizationV4
      ? await client.signatureUrlV4('GET', 60, {}, ODD_KEY)
      : client.signatureUrl(ODD_KEY, { expires: 60, response: { 'content-type': 'image/x' } });
    const response = await fetch(url);
    expect(await response.text()).toBe('hello');
    expect(response.headers.get('content-type')).toBe(authorizationV4 ? 'text/plain' : 'image/x');
  });
});

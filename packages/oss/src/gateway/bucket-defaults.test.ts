import { describe, expect, test } from 'vitest';
import { useGateway } from '../gateway-fixture.ts';
import { textOf, type TestResponse } from '../signed-request.ts';
import { ada } from '../temporary-gateway.ts';

const at = useGateway();
const codeOf = ({ status, body }: TestResponse) => [status, textOf(body, 'Code')];
const createBucket = (storageClass: string, bucket = 'cold-pictures') =>
  at.send({
    method: 'PUT',
    bucket,
    account: ada,
    body: `<CreateBucketConfiguration><StorageClass>${storageClass}</StorageClass></CreateBucketConfiguration>`,
  });
const inCold = (method: string, more: object = {}) =>
  at.send({ method, bucket: 'cold-pictures', key: 'key', account: ada, ...more });
const shown = async (headerName: string, key = 'key') =>
  (await at.object('HEAD', { key })).headers[headerName];

const makeMarked = (algorithm: string) =>
  at.send({
    method: 'PUT',
    bucket: 'marked-pictures',
    account: ada,
    headers: { 'x-oss-server-side-encryption': algorithm },
  });

describe('the storage class of a bucket', () => {
  test('is told wherever the bucket is', async () => {
    expect((await createBucket('IA')).status).toBe(200);
    const info = await at.send({
      method: 'GET',
      bucket: 'cold-pictures',
      query: [['bucketInfo', '']],
      account: ada,
    });
    expect(textOf(info.body, 'StorageClass')).toBe('IA');
    const all = (await at.send({ method: 'GET', account: ada })).body;
    expect([...all.matchAll(/<StorageClass>(\w+)/g)].map(([, name]) => name)).toEqual(['IA', 'Standard']);
  });

  test('is that of new objects that do not ask for another', async () => {
    await createBucket('IA');
    const classOf = async () => (await inCold('HEAD')).headers['x-oss-storage-class'];
    await inCold('PUT', { body: 'x' });
    expect(await classOf()).toBe('IA');
    await inCold('PUT', { body: 'x', headers: { 'x-oss-storage-class': 'Standard' } });
    expect(await classOf()).toBe('Standard');
    await inCold('PUT', { headers: { 'x-oss-copy-source': '/pictures/key' } });
    expect(await classOf()).toBe('IA');
    const { body } = await inCold('POST', { query: [['uploads', '']] });
    const upload = [['uploadId', textOf(body, 'UploadId') ?? '']];
    expect(textOf((await inCold('GET', { query: upload })).body, 'StorageClass')).toBe('IA');
    const open = await inCold('GET', { key: '', query: [['uploads', '']] });
    expect(textOf(open.body, 'StorageClass')).toBe('IA');
  });

  test('tells the statistics apart', async () => {
    await createBucket('IA');
    await inCold('PUT', { body: 'xyz' });
    await inCold('PUT', { key: 'other', body: 'x', headers: { 'x-oss-storage-class': 'Standard' } });
    const { body } = await inCold('GET', { key: '', query: [['stat', '']] });
    const numbers = ['Storage', 'StandardStorage', 'StandardObjectCount', 'InfrequentAccessStorage'];
    expect(numbers.map((name) => textOf(body, name))).toEqual(['4', '1', '1', '3']);
    expect(textOf(body, 'ColdArchiveObjectCount')).toBe('0');
  });

  test('comes with a redundancy, which is told', async () => {
    const make = (redundancy: string) =>
      at.send({
        method: 'PUT',
        bucket: 'two-places',
        account: ada,
        body: `\n<?xml version="1.0"?><CreateBucketConfiguration><DataRedundancyType>${redundancy}</DataRedundancyType></CreateBucketConfiguration>`,
      });
    expect(codeOf(await make('ABC'))).toEqual([400, 'InvalidArgument']);
    expect((await make('ZRS')).status).toBe(200);
    const about = { method: 'GET', bucket: 'two-places', account: ada, query: [['bucketInfo', ''] as const] };
    expect(textOf((await at.send(about)).body, 'DataRedundancyType')).toBe('ZRS');
  });

  test('stays when the bucket is made again, and is one that there is', async () => {
    await createBucket('IA');
    expect((await createBucket('Standard')).status).toBe(200);
    expect((await at.gateway.store.getBucket('cold-pictures')).attributes['class']).toBe('IA');
    expect(codeOf(await createBucket('Lukewarm', 'other-pictures'))).toEqual([400, 'InvalidArgument']);
  });
});

describe('the encryption rule of a bucket', () => {
  const rule =
    '<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>';

  test('marks new objects, and the answers to those who write them, until it is deleted', async () => {
    const header = 'x-oss-server-side-encryption';
    expect((await at.object('PUT', { key: 'a', body: 'x' })).headers).not.toHaveProperty(header);
    await at.bucket('PUT', { query: [['encryption', '']], body: rule });
    expect((await at.object('PUT', { key: 'b', body: 'x' })).headers[header]).toBe('AES256');
    const log = { key: 'log', query: [['append', ''] as const, ['position', '0'] as const], body: 'x' };
    expect((await at.object('POST', log)).headers[header]).toBe('AES256');
    expect([await shown(header, 'b'), await shown(header, 'log'), await shown(header, 'a')]).toEqual([
      'AES256',
      'AES256',
      undefined,
    ]);
    await at.bucket('DELETE', { query: [['encryption', '']] });
    expect((await at.object('PUT', { key: 'c', body: 'x' })).headers).not.toHaveProperty(header);
    expect(await shown(header, 'b')).toBe('AES256');
  });
});

describe('a bucket that is made with encryption', () => {
  test('has the rule, or is not made', async () => {
    expect((await makeMarked('KMS')).status).toBe(501);
    expect((await makeMarked('AES256')).status).toBe(200);
    const about = { method: 'GET', bucket: 'marked-pictures', account: ada };
    const rule = await at.send({ ...about, query: [['encryption', '']] });
    expect(textOf(rule.body, 'SSEAlgorithm')).toBe('AES256');
    const put = await at.send({ ...about, method: 'PUT', key: 'key', body: 'x' });
    expect(put.headers['x-oss-server-side-encryption']).toBe('AES256');
  });
});

describe('a traffic limit', () => {
  const limits = ['819199', '838860801', '0', '-819200', 'abc', '', '1e6', '9'.repeat(30)];

  test.each(limits)('of %j is refused', async (limit) => {
    const headers = { 'x-oss-traffic-limit': limit };
    expect(codeOf(await at.object('GET', { headers }))).toEqual([400, 'InvalidArgument']);
    expect(codeOf(await at.object('PUT', { body: 'x', headers }))).toEqual([400, 'InvalidArgument']);
    const query = [['x-oss-traffic-limit', limit] as const];
    expect(codeOf(await at.object('GET', { query }))).toEqual([400, 'InvalidArgument']);
  });

  test('lets every byte through, in the header or in a signed URL', async () => {
    const body = Buffer.alloc(20_000, 'abc');
    const headers = { 'x-oss-traffic-limit': '838860800' };
    const put = await at.object('PUT', { body, headers });
    expect([put.status, put.headers['x-oss-qos-delay-time']]).toEqual([200, '0']);
    expect((await at.object('GET', { headers })).body).toBe(body.toString());
    const expires = Math.floor(Date.now() / 1000) + 60;
    const query = [['x-oss-traffic-limit', '838860800'] as const];
    expect((await at.object('GET', { query, expires })).body).toBe(body.toString());
  });
});

import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { useGateway } from '../gateway-fixture.ts';
import { textOf } from '../signed-request.ts';
import { ada } from '../temporary-gateway.ts';

const at = useGateway();

const NOT_SERVED: readonly (readonly string[])[] = [
  ['accessmonitor'],
  ['bucketArchiveDirectRead'],
  ['asyncTask'],
  ['responseHeader'],
  ['quota'],
  ['overwriteConfig'],
  ['policy', 'comp'],
  ['userDefinedLogFieldsConfig'],
];
const METHODS = ['GET', 'PUT', 'POST', 'DELETE'];

test.each(NOT_SERVED)('what is not served is refused, whatever it looks like: %s', async (...names) => {
  await at.object('DELETE');
  const query = names.map((name): [string, string] => [name, name === 'comp' ? 'callback' : '']);
  for (const method of METHODS) {
    const answer = await at.bucket(method, { query, ...(method === 'PUT' ? { body: '' } : {}) });
    expect([method, answer.status, textOf(answer.body, 'Code')]).toEqual([method, 501, 'NotImplemented']);
  }
  expect((await at.bucket('GET', { query: [['bucketInfo', '']] })).status).toBe(200);
});

test('an operation of objects that is not served deletes and writes nothing', async () => {
  for (const method of ['PUT', 'POST', 'DELETE']) {
    const answer = await at.object(method, { query: [['sealAppendObject', '']], body: '' });
    expect(answer.status).toBe(501);
  }
  expect((await at.object('GET')).body).toBe('0123456789');
});

test('the list of regions is not that of buckets', async () => {
  expect((await at.send({ method: 'GET', account: ada, query: [['regions', '']] })).status).toBe(501);
});

const listBuckets = async (prefix: string) =>
  (await at.send({ method: 'GET', account: ada, query: [['prefix', prefix]] })).status;

test('a prefix that no bucket can have is refused, not answered with an empty list', async () => {
  expect([await listBuckets('pic'), await listBuckets('Pictures')]).toEqual([200, 400]);
});

test('an address with parameters of somebody else still shows its object', async () => {
  expect((await at.object('GET', { query: [['v', '3']] })).body).toBe('0123456789');
  expect((await at.object('GET', { query: [['20261125', '']] })).body).toBe('0123456789');
});

test('a read that promises a body which never comes ends the connection: the next request would be taken for it', async () => {
  await at.object('PUT', { query: [['acl', '']], headers: { 'x-oss-object-acl': 'public-read' } });
  const socket = connect(at.gateway.port, '127.0.0.1');
  socket.write('GET /pictures/key HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n');
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Connection: close\r\n[^]*0123456789$/);
});

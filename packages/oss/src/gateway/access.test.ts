import { describe, expect, test } from 'vitest';
import { useGateway } from '../gateway-fixture.ts';
import { sendRaw, textOf } from '../signed-request.ts';
import { ada, bob } from '../temporary-gateway.ts';

const at = useGateway();

const code = async (request: Parameters<typeof at.object>[1]) =>
  textOf((await at.object('GET', request)).body, 'Code');

describe('who may do what', () => {
  test("a bucket is of no use to other accounts' keys", async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      expect((await at.object(method, { account: bob, body: '' })).status).toBe(403);
    }
    const { body } = await at.bucket('GET', { account: bob });
    expect(textOf(body, 'Code')).toBe('AccessDenied');
    expect((await at.send({ method: 'PUT', bucket: 'pictures', account: bob })).status).toBe(409);
    expect(await at.keys()).toEqual(['key']);
  });

  test('nobody copies out of a bucket that is not theirs', async () => {
    await at.gateway.store.createBucket('bobs', bob.owner);
    const copy = { bucket: 'bobs', account: bob, headers: { 'x-oss-copy-source': '/pictures/key' } };
    expect((await at.object('PUT', copy)).status).toBe(403);
  });

  test('anonymous requests read what is public, and no more', async () => {
    expect((await at.object('GET', { account: undefined })).status).toBe(403);
    expect(
      (await at.bucket('PUT', { query: [['acl', '']], headers: { 'x-oss-acl': 'public-read' } })).status,
    ).toBe(200);
    expect(await at.object('GET', { account: undefined })).toMatchObject({ status: 200, body: '0123456789' });
    expect((await at.object('PUT', { account: undefined, body: 'x' })).status).toBe(403);
    expect((await at.object('DELETE', { account: undefined })).status).toBe(403);
    expect((await at.bucket('GET', { account: undefined })).status).toBe(403);
    expect((await at.send({ method: 'GET' })).status).toBe(403);
    const overrides = { query: [['response-content-type', 'text/html']] as const };
    expect((await at.object('GET', { account: undefined, ...overrides })).status).toBe(403);
  });

  test('a request that names the whole address, as for a proxy, is about what it names', async () => {
    await at.gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read' });
    for (const address of ['http://127.0.0.1:1/pictures/key', 'HTTP://pictures.oss-local.aliyuncs.com/key']) {
      const answer = await sendRaw(at.gateway.port, 'GET', address, { host: 'somebody.else' });
      expect([answer.status, answer.body]).toEqual([200, '0123456789']);
    }
    const listed = await sendRaw(at.gateway.port, 'GET', 'http://127.0.0.1?x=/pictures/key');
    expect(listed.status).toBe(403);
  });

  test('an anonymous request may name the bucket in the Host header', async () => {
    await at.gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read' });
    const answer = await sendRaw(at.gateway.port, 'GET', '/key', {
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
      const { status, body } = await at.object('GET', { date: new Date(Date.now() + off) });
      expect([status, textOf(body, 'Code'), textOf(body, 'Message')]).toEqual([
        403,
        'RequestTimeTooSkewed',
        'The difference between the request time and the current time is too large.',
      ]);
    }
  });

  test('the answer to a wrong secret shows what to sign, and no secret', async () => {
    const { body } = await at.object('GET', { account: { ...ada, secret: 'guess' }, query: [['acl', '']] });
    const text = textOf(body, 'StringToSign');
    expect(text).toMatch(/^GET\n.*\/pictures\/key\?acl$/s);
    expect(textOf(body, 'StringToSignBytes')).toMatch(/^47 45 54 0A( [0-9A-F]{2})*$/);
    expect(body).not.toContain(ada.secret);
  });

  test('a URL that has expired, lacks a parameter, or comes with a header signature, too', async () => {
    const now = Math.floor(Date.now() / 1000);
    expect((await at.object('GET', { expires: now + 60 })).body).toBe('0123456789');
    const expired = await at.object('GET', { expires: now - 1 });
    expect([expired.status, textOf(expired.body, 'Message')]).toEqual([403, 'Request has expired.']);
    const path = '/pictures/key?OSSAccessKeyId=x&Expires=9999999999';
    expect(textOf((await sendRaw(at.gateway.port, 'GET', path)).body, 'Code')).toBe('AccessDenied');
    const both = await sendRaw(at.gateway.port, 'GET', `${path}&Signature=s`, { authorization: 'OSS a:b' });
    expect([both.status, textOf(both.body, 'Code')]).toEqual([400, 'InvalidArgument']);
  });

  test.each(['Basic abc', 'OSS', 'OSS ada', 'OSS2 a:b', 'OSS4-HMAC-SHA256 Credential=a/b'])(
    'the header %j is malformed',
    async (authorization) => {
      const headers = { authorization, 'x-oss-date': '20261122T000000Z' };
      expect((await sendRaw(at.gateway.port, 'GET', '/pictures/key', headers)).status).toBeOneOf([400, 403]);
    },
  );

  test('a header signature without a date', async () => {
    const answer = await sendRaw(at.gateway.port, 'GET', '/pictures/key', { authorization: 'OSS a:b' });
    expect([answer.status, textOf(answer.body, 'Code')]).toEqual([403, 'AccessDenied']);
  });
});

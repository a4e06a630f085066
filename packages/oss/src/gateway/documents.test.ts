import { Readable } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import { useGateway } from '../gateway-fixture.ts';
import { sendRaw, textOf } from '../signed-request.ts';
import { ada } from '../temporary-gateway.ts';

const at = useGateway();

const deleteKeys = (body: string) => at.bucket('POST', { query: [['delete', '']], body });

describe('errors', () => {
  test('have a document without namespace and the request id in both places', async () => {
    const { status, headers, body } = await at.object('GET', { key: 'missing <&>' });
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/xml');
    expect(body).not.toContain('xmlns');
    expect(textOf(body, 'Code')).toBe('NoSuchKey');
    expect(textOf(body, 'Key')).toBe('missing &lt;&amp;&gt;');
    expect(textOf(body, 'RequestId')).toBe(headers['x-oss-request-id']);
    expect(headers['x-oss-request-id']).toMatch(/^[0-9A-F]{24}$/);
  });

  test('of a HEAD request are in the header x-oss-err', async () => {
    const { status, headers, body } = await at.object('HEAD', { bucket: 'no-such-bucket' });
    const xml = Buffer.from(headers['x-oss-err'] ?? '', 'base64').toString();
    expect([status, body, textOf(xml, 'Code')]).toEqual([404, '', 'NoSuchBucket']);
  });

  test('what OSS has and this gateway has not says so', async () => {
    const missing = [
      await at.bucket('GET', { query: [['replication', '']] }),
      await at.bucket('PUT', { query: [['transferAcceleration', '']], body: '<x/>' }),
      await at.bucket('PUT', { query: [['inventory', '']], body: '<x/>' }),
      await at.object('GET', { query: [['x-oss-process', 'video/snapshot,t_1000']] }),
      await at.object('PUT', { body: 'x', headers: { 'x-oss-server-side-encryption': 'KMS' } }),
    ];
    expect(missing.map(({ status, body }) => [status, textOf(body, 'Code')])).toEqual(
      Array.from({ length: 5 }, () => [501, 'NotImplemented']),
    );
    const live = await at.bucket('GET', { query: [['live', '']] });
    expect([live.status, textOf(live.body, 'IsTruncated')]).toEqual([200, 'false']);
    const versioning = await at.bucket('GET', { query: [['versioning', '']] });
    expect([versioning.status, textOf(versioning.body, 'VersioningConfiguration')]).toEqual([200, '']);
    expect((await at.object('PATCH')).status).toBe(405);
    expect(await at.keys()).toEqual(['key']);
  });

  test('a path that is no UTF-8 is refused', async () => {
    for (const path of ['/pictures/%zz', '/pictures/%C3', '/?prefix=%FF']) {
      const { status, body } = await sendRaw(at.gateway.port, 'GET', path);
      expect([status, textOf(body, 'Code')]).toEqual([400, 'InvalidURI']);
    }
  });
});

describe('listings', () => {
  beforeEach(async () => {
    for (let number = 0; number < 120; number += 1) {
      const key = `l/${String(number).padStart(3, '0')} &é`;
      await at.gateway.store.put('pictures', key, Readable.from([Buffer.from('x')]));
    }
  });

  test('have a hundred entries unless told otherwise, with an owner in version 1', async () => {
    const { body } = await at.bucket('GET');
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
    const { body } = await at.bucket('GET', { query });
    expect([textOf(body, 'EncodingType'), textOf(body, 'Delimiter')]).toEqual(['url', '%20']);
    expect(body).toContain('<CommonPrefixes><Prefix>l%2F000%20</Prefix></CommonPrefixes>');
  });

  test('of version 2 go on by token and have an owner only on demand', async () => {
    const v2 = [
      ['list-type', '2'],
      ['prefix', 'l/'],
      ['max-keys', '70'],
    ] as const;
    const first = (await at.bucket('GET', { query: v2 })).body;
    expect([textOf(first, 'KeyCount'), textOf(first, 'ID')]).toEqual(['70', undefined]);
    const token = textOf(first, 'NextContinuationToken') ?? '';
    const second = (
      await at.bucket('GET', { query: [...v2, ['continuation-token', token], ['fetch-owner', 'true']] })
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
    const { status, body } = await at.bucket('GET', { query: [[name, value]] });
    expect([status, textOf(body, 'ArgumentName')]).toEqual([400, name]);
  });

  test('a token that is none is refused', async () => {
    const query = [
      ['list-type', '2'],
      ['continuation-token', '!!'],
    ] as const;
    expect((await at.bucket('GET', { query })).status).toBe(400);
  });
});

describe('documents from clients', () => {
  test('a quiet deletion answers with nothing', async () => {
    const answer = await deleteKeys('<Delete><Quiet>true</Quiet><Object><Key>key</Key></Object></Delete>');
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(await at.keys()).toEqual([]);
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
    expect(await at.keys()).toEqual(['key']);
  });
});

describe('browsers', () => {
  test('may ask before they send, and read ETags afterwards', async () => {
    const preflight = await sendRaw(at.gateway.port, 'OPTIONS', '/pictures/key', {
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
    const { headers } = await at.object('GET', { headers: { origin: 'http://console.example' } });
    expect(headers['access-control-expose-headers']).toContain('ETag');
  });
});

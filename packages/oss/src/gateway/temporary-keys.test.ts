import { expect, test } from 'vitest';
import { makeClient } from '../clients/make-client.ts';
import { useGateway } from '../gateway-fixture.ts';
import type { AccessKey, Grant } from '../keyring.ts';
import { textOf } from '../signed-request.ts';
import { ada } from '../temporary-gateway.ts';

const at = useGateway();
const HOUR = 3_600_000;

/** A temporary key of Ada's, known to the gateway. */
function temporary(more: { expiresAt?: number; grants?: Grant[] } = {}): AccessKey {
  const { expiresAt = Date.now() + HOUR, grants } = more;
  const key = {
    id: 'STS.ADA',
    secret: 'secret of an hour',
    owner: ada.owner,
    temporary: { token: 'token of an hour', expiresAt },
    ...(grants === undefined ? {} : { grants }),
  };
  at.gateway.keys.set(key.id, key);
  return key;
}

const TOKEN = { 'x-oss-security-token': 'token of an hour' };

test('a temporary key counts with its token, in the header and in a signed URL', async () => {
  const account = temporary();
  expect(await at.object('GET', { account, headers: TOKEN })).toMatchObject({
    status: 200,
    body: '0123456789',
  });
  const expires = Math.floor(Date.now() / 1000) + 60;
  const query = [['security-token', 'token of an hour']] as const;
  expect((await at.object('GET', { account, expires, query })).status).toBe(200);
});

test.each([
  ['no token', {}, 'InvalidSecurityToken'],
  ['another token', { 'x-oss-security-token': 'token of a day' }, 'InvalidSecurityToken'],
])('with %s it is refused', async (_name, headers, code) => {
  const reply = await at.object('GET', { account: temporary(), headers });
  expect([reply.status, textOf(reply.body, 'Code')]).toEqual([403, code]);
});

test('once its time is over it is refused, even with its token', async () => {
  const account = temporary({ expiresAt: Date.now() - 1 });
  const reply = await at.object('GET', { account, headers: TOKEN });
  expect([reply.status, textOf(reply.body, 'Code')]).toEqual([403, 'SecurityTokenExpired']);
});

test('the token beside a wrong secret tells nothing about the key', async () => {
  const account = { ...temporary(), secret: 'guessed' };
  const reply = await at.object('GET', { account, headers: TOKEN });
  expect(textOf(reply.body, 'Code')).toBe('SignatureDoesNotMatch');
});

test('a token beside a key that needs none is no harm', async () => {
  expect((await at.object('GET', { headers: TOKEN })).status).toBe(200);
});

test.each([true, false])(
  "the vendor's client works with a temporary key (V4: %s)",
  async (authorizationV4) => {
    const { id, secret } = temporary();
    const client = makeClient({
      accessKeyId: id,
      accessKeySecret: secret,
      stsToken: 'token of an hour',
      // Given, so that the client does not recommend it.
      refreshSTSToken: async () => ({
        accessKeyId: id,
        accessKeySecret: secret,
        stsToken: 'token of an hour',
      }),
      refreshSTSTokenInterval: HOUR,
      endpoint: at.gateway.url,
      bucket: 'pictures',
      region: 'oss-cn-hangzhou',
      authorizationV4,
    });
    await client.put('sts/a', Buffer.from('by a temporary key'));
    expect((await client.get('sts/a')).content.toString()).toBe('by a temporary key');
  },
);

const GRANTS: Grant[] = [
  { bucket: 'pictures', prefix: 'in/', access: 'read' },
  { bucket: 'pictures', prefix: 'out/', access: 'write' },
  { bucket: 'pictures', prefix: 'one', access: 'write' },
];

test('a limited key reads and writes where its grants say, and nowhere else', async () => {
  const account = temporary({ grants: GRANTS });
  const status = async (method: string, key: string): Promise<number> =>
    (await at.object(method, { account, key, headers: TOKEN, ...(method === 'PUT' ? { body: 'x' } : {}) }))
      .status;
  expect(
    await Promise.all([
      status('PUT', 'out/a'),
      status('GET', 'key'),
      status('PUT', 'in/a'),
      status('GET', 'in/a'),
      status('PUT', 'one'),
      status('PUT', 'onemore'),
      status('PUT', 'out'),
      status('HEAD', 'outer/a'),
      status('DELETE', 'key'),
    ]),
  ).toEqual([200, 403, 403, 404, 200, 403, 403, 403, 403]);
  expect(await status('GET', 'out/a')).toBe(200);
  expect(await status('DELETE', 'out/a')).toBe(204);
  expect(await at.keys()).toEqual(['key', 'one']);
});

test('a limited key lists below its folders only, and touches no bucket', async () => {
  const account = temporary({ grants: GRANTS });
  const list = async (prefix: string): Promise<number> =>
    (await at.bucket('GET', { account, headers: TOKEN, query: [['prefix', prefix]] })).status;
  expect(await Promise.all(['in/', 'out/deep/', '', 'o', 'outer/'].map(list))).toEqual([
    200, 200, 403, 403, 403,
  ]);
  const as = { account, headers: TOKEN };
  const refused = [
    await at.send({ method: 'GET', ...as }),
    await at.send({ method: 'PUT', bucket: 'new', ...as }),
    await at.bucket('DELETE', as),
    await at.bucket('GET', { ...as, query: [['acl', '']] }),
    await at.bucket('PUT', {
      account,
      headers: { ...TOKEN, 'x-oss-acl': 'public-read' },
      query: [['acl', '']],
    }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  expect((await at.bucket('GET', { ...as, query: [['location', '']] })).status).toBe(200);
});

test('a limited key neither copies out of, nor deletes in a batch, what it may not touch', async () => {
  const account = temporary({ grants: GRANTS });
  const copy = { ...TOKEN, 'x-oss-copy-source': '/pictures/key' };
  expect((await at.object('PUT', { account, key: 'out/stolen', headers: copy })).status).toBe(403);
  const body = '<Delete><Object><Key>out/a</Key></Object><Object><Key>key</Key></Object></Delete>';
  const batch = { account, headers: TOKEN, query: [['delete', '']] as const, body };
  expect((await at.bucket('POST', batch)).status).toBe(403);
  expect(await at.keys()).toEqual(['key']);
});

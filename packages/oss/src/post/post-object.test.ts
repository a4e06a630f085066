import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { makeClient } from '../clients/make-client.ts';
import { useGateway } from '../gateway-fixture.ts';
import { formatV4Time } from '../signatures/index.ts';
import { textOf } from '../signed-request.ts';
import { ada } from '../temporary-gateway.ts';

const at = useGateway();
const soon = () => new Date(Date.now() + 60_000).toISOString();
const client = () =>
  makeClient({
    accessKeyId: ada.id,
    accessKeySecret: ada.secret,
    endpoint: `http://localhost:${at.gateway.port}`,
    bucket: 'pictures',
    region: 'oss-cn-hangzhou',
    sldEnable: true,
  });

/** What a page's form sends, signed by the vendor's own client (V1). */
function signedForm(conditions: unknown[], fields: Record<string, string>, expiration = soon()): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({
    ...fields,
    ...client().calculatePostSignature({ expiration, conditions }),
  })) {
    form.append(name, value);
  }
  form.append('file', new Blob(['hello']), 'C:\\dir\\photo é.txt');
  return form;
}

async function post(form: FormData, headers: Record<string, string> = {}) {
  const answer = await fetch(`${at.gateway.url}/pictures`, {
    method: 'POST',
    body: form,
    headers,
    redirect: 'manual',
  });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

const codeOf = ({ status, body }: { status: number; body: string }) => [status, textOf(body, 'Code')];
const read = async (key: string) => (await at.object('GET', { key })).body;

const limitedForm = (limit: string) =>
  signedForm([{ bucket: 'pictures' }], { key: 'key', 'x-oss-traffic-limit': limit });

describe('a form', () => {
  test('puts its file, with metadata, under the key that it names', async () => {
    const form = signedForm([{ bucket: 'pictures' }, ['starts-with', '$key', 'up/']], {
      key: 'up/${filename}',
      'Content-Type': 'text/x',
      'x-oss-meta-who': 'me',
    });
    const { status, body } = await post(form, { authorization: 'whatever' });
    expect([status, body]).toEqual([204, '']);
    const { headers } = await at.object('HEAD', { key: 'up/photo é.txt' });
    expect(headers).toMatchObject({
      'content-type': 'text/x',
      'x-oss-meta-who': 'me',
      'content-length': '5',
    });
    expect(await read('up/photo é.txt')).toBe('hello');
  });

  test('makes a version where versions are kept, and goes at its own pace', async () => {
    await at.gateway.store.setVersioning('pictures', 'Enabled');
    const { status, headers } = await post(limitedForm('819200'));
    expect([status, headers.get('x-oss-version-id')]).toEqual([
      204,
      (await at.gateway.store.head('pictures', 'key')).versionId,
    ]);
    expect(codeOf(await post(limitedForm('1')))).toEqual([400, 'InvalidArgument']);
    expect(await read('key')).toBe('hello');
  });

  test('may be signed by V4', async () => {
    const date = new Date();
    const time = formatV4Time(date.getTime());
    const policy = { expiration: soon(), conditions: [{ bucket: 'pictures' }] };
    const form = new FormData();
    const fields = {
      key: 'v4',
      policy: Buffer.from(JSON.stringify(policy)).toString('base64'),
      'x-oss-signature-version': 'OSS4-HMAC-SHA256',
      'x-oss-credential': `${ada.id}/${time.slice(0, 8)}/cn-hangzhou/oss/aliyun_v4_request`,
      'x-oss-date': time,
      'x-oss-signature': client().signPostObjectPolicyV4(policy, date),
    };
    for (const [name, value] of Object.entries(fields)) {
      form.append(name, value);
    }
    form.append('file', new Blob(['v4']), 'f');
    expect((await post(form)).status).toBe(204);
    expect(await read('v4')).toBe('v4');
    form.set('x-oss-signature', 'f'.repeat(64));
    expect(codeOf(await post(form))).toEqual([403, 'SignatureDoesNotMatch']);
  });

  test('is answered as it asks to be', async () => {
    const created = await post(signedForm([], { key: 'a', success_action_status: '201' }));
    expect([created.status, textOf(created.body, 'Key'), textOf(created.body, 'Bucket')]).toEqual([
      201,
      'a',
      'pictures',
    ]);
    expect((await post(signedForm([], { key: 'a', success_action_status: '200' }))).status).toBe(200);
    expect((await post(signedForm([], { key: 'a', success_action_status: '999' }))).status).toBe(204);
    const moved = await post(signedForm([], { key: 'a b', success_action_redirect: 'http://page/done?x=1' }));
    expect(moved.status).toBe(303);
    const location = new URL(moved.headers.get('location') ?? '');
    expect([location.host, location.searchParams.get('x'), location.searchParams.get('key')]).toEqual([
      'page',
      '1',
      'a b',
    ]);
  });

  test('without a signature needs a bucket that everybody may write', async () => {
    const form = new FormData();
    form.append('key', 'anonymous');
    form.append('file', new Blob(['x']), 'f');
    expect((await post(form)).status).toBe(403);
    await at.gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read-write' });
    expect((await post(form)).status).toBe(204);
  });
});

describe('a policy', () => {
  test.each([
    ['another bucket', [{ bucket: 'others' }]],
    ['another key', [['eq', '$key', 'else']]],
    ['another beginning', [['starts-with', '$key', 'else/']]],
    ['a field that is not there', [['starts-with', '$x-oss-meta-a', 'b']]],
    ['a type of a list', [['in', '$content-type', ['image/png']]]],
    ['no type of a list', [['not-in', '$content-type', ['text/x']]]],
  ])('that asks for %s refuses the form', async (_, conditions) => {
    const answer = await post(signedForm(conditions, { key: 'key2', 'content-type': 'text/x' }));
    expect(codeOf(answer)).toEqual([403, 'AccessDenied']);
    expect(textOf(answer.body, 'Message')).toContain('Invalid according to Policy');
    expect(await at.keys()).toEqual(['key']);
  });

  test.each([
    ['fewer', [['content-length-range', 0, 4]], 'EntityTooLarge'],
    ['more', [['content-length-range', 6, 10]], 'EntityTooSmall'],
  ])('that allows %s bytes stores nothing', async (_, conditions, code) => {
    expect(codeOf(await post(signedForm(conditions, { key: 'size' })))).toEqual([400, code]);
    expect(await at.keys()).toEqual(['key']);
    expect((await post(signedForm([['content-length-range', 5, 5]], { key: 'size' }))).status).toBe(204);
  });

  test('that is over, malformed, changed, or signed with another key counts for nothing', async () => {
    const over = signedForm([], { key: 'k' }, new Date(Date.now() - 1000).toISOString());
    expect(codeOf(await post(over))).toEqual([403, 'AccessDenied']);
    const noTime = signedForm([], { key: 'k' }, 'tomorrow');
    expect(codeOf(await post(noTime))).toEqual([400, 'InvalidPolicyDocument']);
    const odd = signedForm([['resembles', '$key', 'k']], { key: 'k' });
    expect(codeOf(await post(odd))).toEqual([400, 'InvalidPolicyDocument']);
    const changed = signedForm([{ bucket: 'others' }], { key: 'k' });
    changed.set(
      'policy',
      Buffer.from(JSON.stringify({ expiration: soon(), conditions: [] })).toString('base64'),
    );
    expect(codeOf(await post(changed))).toEqual([403, 'SignatureDoesNotMatch']);
    const stranger = signedForm([], { key: 'k' });
    stranger.set('OSSAccessKeyId', 'nobody');
    expect(codeOf(await post(stranger))).toEqual([403, 'InvalidAccessKeyId']);
    expect(await at.keys()).toEqual(['key']);
  });
});

describe('bad forms', () => {
  test('without a key, without a file, without a boundary', async () => {
    expect(codeOf(await post(signedForm([], {})))).toEqual([400, 'InvalidArgument']);
    const empty = new FormData();
    empty.append('key', 'k');
    expect(codeOf(await post(empty))).toEqual([400, 'IncorrectNumberOfFilesInPOSTRequest']);
    const raw = await at.bucket('POST', {
      account: undefined,
      body: 'x',
      headers: { 'content-type': 'multipart/form-data' },
    });
    expect(codeOf(raw)).toEqual([400, 'MalformedPOSTRequest']);
    const long = new FormData();
    long.append('key', 'k'.repeat(70_000));
    long.append('file', new Blob(['x']), 'f');
    expect(codeOf(await post(long))).toEqual([400, 'MalformedPOSTRequest']);
  });

  test.each([
    ['x-oss-meta-a', 'one\r\nSet-Cookie: two'],
    ['x-oss-meta-ü b', 'x'],
    ['Content-Type', 'text/\u0000'],
    ['Content-Disposition', 'a\nb'],
  ])('whose field %j could never be sent as a header store nothing', async (name, value) => {
    expect(codeOf(await post(signedForm([], { key: 'k', [name]: value })))).toEqual([400, 'InvalidArgument']);
    expect(await at.keys()).toEqual(['key']);
  });

  test('that break off in the middle of the file store nothing', async () => {
    const whole = new Response(signedForm([], { key: 'cut' }));
    const body = Buffer.from(await whole.arrayBuffer());
    const end = body.indexOf('hello') + 3;
    const socket = connect(at.gateway.port, '127.0.0.1');
    socket.write(
      `POST /pictures HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${whole.headers.get('content-type')}\r\nContent-Length: ${end}\r\nConnection: close\r\n\r\n`,
    );
    socket.write(body.subarray(0, end));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(socket, 'close');
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 400 /);
    expect(await at.keys()).toEqual(['key']);
    expect(at.gateway.errors).toEqual([]);
  });
});

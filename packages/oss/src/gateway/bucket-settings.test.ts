import { describe, expect, test } from 'vitest';
import { makeClient } from '../clients/make-client.ts';
import { useGateway } from '../gateway-fixture.ts';
import { sendRaw, textOf } from '../signed-request.ts';
import { ada, bob } from '../temporary-gateway.ts';

const at = useGateway();
const codeOf = (answer: { status: number; body: string }) => [answer.status, textOf(answer.body, 'Code')];
const put = (sub: string, body: string) => at.bucket('PUT', { query: [[sub, '']], body });
const get = (sub: string) => at.bucket('GET', { query: [[sub, '']] });
const visit = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  sendRaw(at.gateway.port, method, `/pictures/${path}`, headers);
const publish = () => at.gateway.store.createBucket('pictures', ada.owner, { acl: 'public-read' });
const client = () =>
  makeClient({
    accessKeyId: ada.id,
    accessKeySecret: ada.secret,
    endpoint: `http://localhost:${at.gateway.port}`,
    bucket: 'pictures',
    sldEnable: true,
  });

const ask = (origin: string, method: string, headers = 'Authorization, X-OSS-Date') =>
  visit(
    'key',
    { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
    'OPTIONS',
  );

const store = (key: string, body: string) =>
  at.object('PUT', { key, body, headers: { 'content-type': 'text/html' } });

const rules = (more = '') =>
  put(
    'website',
    `<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix>${more}</IndexDocument><ErrorDocument><Key>404.html</Key></ErrorDocument></WebsiteConfiguration>`,
  );

const statusFrom = async (referer?: string) =>
  (await visit('key', referer === undefined ? {} : { referer })).status;

const statement = (effect: string, principal: string, action: string, resource: string) => ({
  Effect: effect,
  Principal: [principal],
  Action: [action],
  Resource: [`acs:oss:*:1001:${resource}`],
});

const setPolicy = (...statements: object[]) =>
  put('policy', JSON.stringify({ Version: '1', Statement: statements }));

const lifecycleRule = (prefix: string, action: string) =>
  `<Rule><Prefix>${prefix}</Prefix><Status>Enabled</Status>${action}</Rule>`;
const putLifecycle = (body: string, headers: Record<string, string> = {}) =>
  at.bucket('PUT', {
    query: [['lifecycle', '']],
    headers,
    body: `<LifecycleConfiguration>${body}</LifecycleConfiguration>`,
  });

const varyOfGet = async () => (await at.object('GET', { headers: { origin: 'http://a' } })).headers['vary'];
const tag = (key: string) => `<Tag><Key>${key}</Key><Value>1</Value></Tag>`;

describe('settings of a bucket', () => {
  test.each([
    [
      'cors',
      '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule><ResponseVary>false</ResponseVary></CORSConfiguration>',
      'NoSuchCORSConfiguration',
    ],
    [
      'lifecycle',
      '<LifecycleConfiguration><Rule><Prefix/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>',
      'NoSuchLifecycle',
    ],
    [
      'website',
      '<WebsiteConfiguration><IndexDocument><Suffix>i.html</Suffix></IndexDocument></WebsiteConfiguration>',
      'NoSuchWebsiteConfiguration',
    ],
    [
      'encryption',
      '<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>',
      'NoSuchServerSideEncryptionRule',
    ],
    [
      'policy',
      '{"Version":"1","Statement":[{"Effect":"Allow","Principal":["2002"],"Action":["oss:GetObject"],"Resource":["acs:oss:*:1001:pictures/*"]}]}',
      'NoSuchBucketPolicy',
    ],
    [
      'referer',
      '<RefererConfiguration><AllowEmptyReferer>true</AllowEmptyReferer><AllowTruncateQueryString>false</AllowTruncateQueryString><RefererList><Referer>http://a</Referer></RefererList></RefererConfiguration>',
      undefined,
    ],
    [
      'logging',
      '<BucketLoggingStatus><LoggingEnabled><TargetBucket>pictures</TargetBucket><TargetPrefix>l/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>',
      undefined,
    ],
    ['tagging', '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>', undefined],
    [
      'requestPayment',
      '<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>',
      undefined,
    ],
  ])('%s: put, given back as it came, deleted; the owner only', async (sub, document, absent) => {
    const before = await get(sub);
    expect(absent === undefined ? before.status : codeOf(before)).toEqual(
      absent === undefined ? 200 : [404, absent],
    );
    const other = { account: bob, query: [[sub, '']] as const, body: document };
    expect((await at.bucket('PUT', other)).status).toBe(403);
    expect((await put(sub, document)).status).toBe(200);
    expect((await get(sub)).body).toBe(document);
    expect((await at.bucket('GET', { account: bob, query: [[sub, '']] })).status).toBe(403);
    expect((await put(sub, sub === 'policy' ? '{' : '<Wrong/>')).status).toBe(400);
    expect((await at.bucket('DELETE', { query: [[sub, '']] })).status).toBe(204);
    expect(await get(sub)).toMatchObject({ status: before.status });
  });

  test('the vendor’s client sets and reads them', async () => {
    const oss = client();
    await oss.putBucketCORS('pictures', [
      { allowedOrigin: 'http://a', allowedMethod: 'PUT', exposeHeader: 'ETag' },
    ]);
    expect((await oss.getBucketCORS('pictures')).rules).toEqual([
      expect.objectContaining({ allowedOrigin: 'http://a', allowedMethod: 'PUT' }),
    ]);
    await oss.putBucketLifecycle('pictures', [
      { id: 'r', prefix: 'tmp/', status: 'Enabled', expiration: { days: 3 } },
    ]);
    expect((await oss.getBucketLifecycle('pictures')).rules).toHaveLength(1);
    await oss.putBucketReferer('pictures', true, ['http://*.example.com']);
    expect((await oss.getBucketReferer('pictures')).referers).toEqual(['http://*.example.com']);
    await oss.putBucketWebsite('pictures', { index: 'index.html', error: 'error.html' });
    expect(await oss.getBucketWebsite('pictures')).toMatchObject({
      index: 'index.html',
      error: 'error.html',
    });
    await oss.putBucketLogging('pictures', 'logs/');
    expect(await oss.getBucketLogging('pictures')).toMatchObject({ enable: true, prefix: 'logs/' });
    await oss.putBucketTags('pictures', { a: '1' });
    expect((await oss.getBucketTags('pictures')).tag).toEqual({ a: '1' });
    await oss.putBucketEncryption('pictures', { SSEAlgorithm: 'AES256' });
    expect((await oss.getBucketEncryption('pictures')).encryption).toMatchObject({ SSEAlgorithm: 'AES256' });
    expect(textOf((await get('bucketInfo')).body, 'SSEAlgorithm')).toBe('AES256');
    await oss.deleteBucketCORS('pictures');
    await oss.deleteBucketLifecycle('pictures');
    await oss.deleteBucketWebsite('pictures');
    await oss.deleteBucketLogging('pictures');
    await oss.deleteBucketTags('pictures');
    expect(codeOf(await get('cors'))).toEqual([404, 'NoSuchCORSConfiguration']);
  });

  test('tags of a bucket are taken away one by one, and buckets are found by them', async () => {
    const find = async (key: string, value?: string) => {
      const query = [
        ['tag-key', key] as const,
        ...(value === undefined ? [] : [['tag-value', value] as const]),
      ];
      return textOf((await at.send({ method: 'GET', account: ada, query })).body, 'Name');
    };
    await put('tagging', `<Tagging><TagSet>${tag('a')}${tag('b')}${tag('%c')}</TagSet></Tagging>`);
    expect([await find('a'), await find('a', '1'), await find('a', '2'), await find('d')]).toEqual([
      'pictures',
      'pictures',
      undefined,
      undefined,
    ]);
    const findAll = async (tagging: string) =>
      textOf((await at.send({ method: 'GET', account: ada, query: [['tagging', tagging]] })).body, 'Name');
    expect([
      await findAll('"a":"1","b":"1"'),
      await findAll('"a":"1","b":"2"'),
      await findAll('a=1'),
    ]).toEqual(['pictures', undefined, undefined]);
    expect((await at.bucket('DELETE', { query: [['tagging', 'a,%c,d']] })).status).toBe(204);
    const left = (await get('tagging')).body;
    expect([...left.matchAll(/<Key>(.*?)</g)].map(([, key]) => key)).toEqual(['b']);
    expect((await at.bucket('DELETE', { query: [['tagging', '']] })).status).toBe(204);
    expect((await get('tagging')).body).not.toContain('<Key>');
  });

  test('lifecycle rules do not do the same thing twice, unless that is wanted, and name tags that can be', async () => {
    const days = '<Expiration><Days>3</Days></Expiration>';
    const abort = '<AbortMultipartUpload><Days>3</Days></AbortMultipartUpload>';
    const twice = lifecycleRule('a/', days) + lifecycleRule('a/b', days);
    const refused = await putLifecycle(twice);
    expect([...codeOf(refused), textOf(refused.body, 'Message')]).toEqual([
      400,
      'InvalidArgument',
      'Overlap for same action type Expiration',
    ]);
    expect((await putLifecycle(twice, { 'x-oss-allow-same-action-overlap': 'true' })).status).toBe(200);
    const strange = await putLifecycle(lifecycleRule('a/', days + tag('%&amp;')));
    expect(codeOf(strange)).toEqual([400, 'InvalidTag']);
    const others =
      lifecycleRule('a/b', abort) + lifecycleRule('c', days) + lifecycleRule('a/', days + tag('a'));
    expect((await putLifecycle(lifecycleRule('a/', days) + others)).status).toBe(200);
  });

  test('what could not be kept is refused, not kept in part', async () => {
    const kms =
      '<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>KMS</SSEAlgorithm></ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>';
    expect((await put('encryption', kms)).status).toBe(501);
    expect(codeOf(await put('encryption', kms.replace('KMS', 'ROT13')))).toEqual([
      400,
      'InvalidEncryptionAlgorithmError',
    ]);
    const key = '<SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID>';
    expect(codeOf(await put('encryption', kms.replace(/<SSE.*<\/SSEAlgorithm>/, key)))).toEqual([
      400,
      'InvalidArgument',
    ]);
    const routing =
      '<WebsiteConfiguration><IndexDocument><Suffix>i</Suffix></IndexDocument><RoutingRules><RoutingRule/></RoutingRules></WebsiteConfiguration>';
    expect((await put('website', routing)).status).toBe(501);
    const condition =
      '{"Version":"1","Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"acs:oss:*:*:pictures","Condition":{}}]}';
    expect((await put('policy', condition)).status).toBe(501);
    const logging =
      '<BucketLoggingStatus><LoggingEnabled><TargetBucket>nowhere</TargetBucket></LoggingEnabled></BucketLoggingStatus>';
    expect(codeOf(await put('logging', logging))).toEqual([400, 'InvalidTargetBucketForLogging']);
    expect(codeOf(await get('policy'))[0]).toBe(404);
  });
});

describe('CORS', () => {
  const RULES = `<CORSConfiguration><CORSRule><AllowedOrigin>http://*.example.com</AllowedOrigin><AllowedMethod>PUT</AllowedMethod>
    <AllowedMethod>GET</AllowedMethod><AllowedHeader>x-oss-*</AllowedHeader><AllowedHeader>authorization</AllowedHeader><ExposeHeader>ETag</ExposeHeader>
    <MaxAgeSeconds>77</MaxAgeSeconds></CORSRule></CORSConfiguration>`;

  test('an age that is no number of seconds is named', async () => {
    const refused = await put('cors', RULES.replace('77', '-1'));
    expect([
      ...codeOf(refused),
      textOf(refused.body, 'ArgumentName'),
      textOf(refused.body, 'ArgumentValue'),
    ]).toEqual([400, 'InvalidArgument', 'MaxAgeSeconds', '-1']);
  });

  test('a bucket without rules lets every page in', async () => {
    expect((await ask('http://anywhere', 'DELETE')).headers).toMatchObject({
      'access-control-allow-origin': '*',
    });
    const { headers } = await at.object('GET', { headers: { origin: 'http://anywhere' } });
    // The star is for what cannot be listed, such as user metadata.
    expect(headers['access-control-expose-headers']).toMatch(/ETag.*, \*$/);
  });

  test('answers to any origin may say that they are for one', async () => {
    const rule = '<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>';
    await put('cors', `<CORSConfiguration>${rule}</CORSConfiguration>`);
    expect([await varyOfGet(), textOf((await get('cors')).body, 'ResponseVary')]).toEqual([
      undefined,
      'false',
    ]);
    await put('cors', `<CORSConfiguration>${rule}<ResponseVary>true</ResponseVary></CORSConfiguration>`);
    expect(await varyOfGet()).toBe('Origin');
  });

  test('preflights and answers go by the rules of the bucket', async () => {
    expect((await put('cors', RULES)).status).toBe(200);
    const fine = await ask('http://www.example.com', 'PUT');
    expect([fine.status, fine.headers]).toMatchObject([
      200,
      {
        'access-control-allow-origin': 'http://www.example.com',
        'access-control-allow-headers': 'authorization, x-oss-date',
        'access-control-expose-headers': 'ETag',
        'access-control-max-age': '77',
        vary: 'Origin',
      },
    ]);
    expect(codeOf(await ask('http://www.example.org', 'PUT'))).toEqual([403, 'AccessForbidden']);
    expect((await ask('http://www.example.com', 'DELETE')).status).toBe(403);
    expect((await ask('http://www.example.com', 'PUT', 'x-other')).status).toBe(403);
    const allowed = await at.object('GET', { headers: { origin: 'http://a.example.com' } });
    expect(allowed.headers['access-control-allow-origin']).toBe('http://a.example.com');
    const other = await at.object('GET', { headers: { origin: 'http://evil' } });
    expect(other.status).toBe(200);
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('a website', () => {
  test('shows its index and its error document to visitors', async () => {
    await publish();
    await rules();
    await store('index.html', 'home');
    await store('dir/index.html', 'dir');
    await store('404.html', 'lost');
    expect(await visit('')).toMatchObject({
      status: 200,
      body: 'home',
      headers: { 'content-type': 'text/html' },
    });
    expect((await visit('dir/')).body).toBe('home');
    await rules('<SupportSubDir>true</SupportSubDir>');
    expect((await visit('dir/')).body).toBe('dir');
    expect(await visit('nothing')).toMatchObject({ status: 404, body: 'lost' });
    expect(codeOf(await at.object('GET', { key: 'nothing' }))).toEqual([404, 'NoSuchKey']);
    expect(textOf((await at.bucket('GET')).body, 'Name')).toBe('pictures');
  });

  test('shows its index to those who sign, too, but no error document', async () => {
    await rules();
    await store('index.html', 'index');
    await store('404.html', 'not here');
    expect((await at.object('GET', { key: 'folder/' })).body).toBe('index');
    expect((await at.object('HEAD', { key: 'folder/' })).status).toBe(404);
    expect(codeOf(await at.object('GET', { key: 'folder/page' }))).toEqual([404, 'NoSuchKey']);
    await store('folder/', 'of its own');
    expect((await at.object('GET', { key: 'folder/' })).body).toBe('of its own');
  });

  test('of a private bucket shows nothing', async () => {
    await rules();
    await store('index.html', 'home');
    expect((await visit('')).status).toBe(403);
    expect((await visit('nothing')).status).toBe(403);
  });
});

describe('referers', () => {
  test('pages that are not on the list cannot show objects, except by a signed header', async () => {
    await publish();
    await put(
      'referer',
      '<RefererConfiguration><AllowEmptyReferer>false</AllowEmptyReferer><RefererList><Referer>http://*.example.com</Referer><Referer>http://x.org/?</Referer></RefererList><RefererBlacklist><Referer>http://bad.example.com</Referer></RefererBlacklist></RefererConfiguration>',
    );
    expect(await statusFrom('http://www.example.com?q=1')).toBe(200);
    expect(await statusFrom('http://x.org/a')).toBe(200);
    expect(await statusFrom('http://bad.example.com')).toBe(403);
    expect(await statusFrom('http://evil.org')).toBe(403);
    expect(await statusFrom()).toBe(403);
    expect((await at.object('GET')).status).toBe(200);
    const expires = Math.floor(Date.now() / 1000) + 60;
    expect((await at.object('GET', { expires })).status).toBe(403);
    expect((await at.object('GET', { expires, headers: { referer: 'http://a.example.com' } })).status).toBe(
      200,
    );
  });
});

describe('policies', () => {
  test('let other accounts in where they say, and keep them out where they say', async () => {
    const status = async (method: string, key: string, body?: string) =>
      (await at.object(method, { account: bob, key, ...(body === undefined ? {} : { body }) })).status;
    await setPolicy(
      statement('Allow', bob.owner, 'oss:Get*', 'pictures/*'),
      statement('Allow', bob.owner, 'oss:PutObject', 'pictures/in/*'),
      statement('Allow', bob.owner, 'oss:ListObjects', 'pictures'),
      statement('Deny', '*', 'oss:*', 'pictures/secret/*'),
    );
    expect(await status('GET', 'key')).toBe(200);
    expect(await status('PUT', 'in/a', 'x')).toBe(200);
    expect(await status('PUT', 'out/a', 'x')).toBe(403);
    expect(await status('DELETE', 'key')).toBe(403);
    expect(await status('GET', 'secret/a')).toBe(403);
    expect((await at.bucket('GET', { account: bob })).status).toBe(200);
    expect((await at.object('GET', { account: undefined })).status).toBe(403);
  });

  test('an Allow may be for nobody, a Deny may not', async () => {
    const { Principal: _nobody, ...allow } = statement('Allow', '*', 'oss:GetObject', 'pictures/*');
    expect((await setPolicy(allow)).status).toBe(200);
    expect((await at.object('GET', { account: bob })).status).toBe(403);
    expect(codeOf(await setPolicy({ ...allow, Effect: 'Deny' }))).toEqual([400, 'MalformedPolicyDocument']);
  });

  test('a Deny closes what an ACL had opened', async () => {
    await publish();
    await setPolicy(statement('Deny', '*', 'oss:GetObject', 'pictures/key'));
    expect((await visit('key')).status).toBe(403);
    expect((await at.object('GET')).status).toBe(200);
  });
});

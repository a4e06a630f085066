import * as fc from 'fast-check';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { useGateway } from '../gateway-fixture.ts';
import { textOf } from '../signed-request.ts';

const at = useGateway();
const codeOf = (answer: { status: number; body: string }) => [answer.status, textOf(answer.body, 'Code')];

/** What the answer has although it was not sent. */
const DEFAULTS =
  /<AllowTruncateQueryString>true<\/AllowTruncateQueryString>|<ResponseVary>false<\/ResponseVary>/;

/** Text that looks like XML often enough to get past the first check. */
const nearlyXml = (root: string) => {
  const name = fc.constantFrom(
    ...'CORSRule AllowedOrigin AllowedMethod Rule Prefix Status Expiration Days Date NoncurrentVersionExpiration NoncurrentDays ExpiredObjectDeleteMarker Filter Not TagSet Tag Key Value IndexDocument'.split(
      ' ',
    ),
    ...'Suffix ErrorDocument RefererList Referer AllowEmptyReferer LoggingEnabled TargetBucket Payer SSEAlgorithm'.split(
      ' ',
    ),
  );
  const text = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      '*',
      '1',
      'Enabled',
      '&lt;',
      '&x;',
      '&#0;',
      '<![CDATA[x]]>',
      '<!-- -->',
      '__proto__',
      '9'.repeat(400),
    ),
  );
  const { element } = fc.letrec<{ element: string }>((tie) => ({
    element: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text,
      fc
        .tuple(name, fc.array(tie('element'), { maxLength: 3 }))
        .map(([tag, inside]) => `<${tag}>${inside.join('')}</${tag}>`),
    ),
  }));
  return fc.array(element, { maxLength: 4 }).map((inside) => `<${root}>${inside.join('')}</${root}>`);
};

describe('documents of any kind', () => {
  test.each([
    ['cors', 'CORSConfiguration'],
    ['lifecycle', 'LifecycleConfiguration'],
    ['website', 'WebsiteConfiguration'],
    ['referer', 'RefererConfiguration'],
    ['logging', 'BucketLoggingStatus'],
    ['encryption', 'ServerSideEncryptionRule'],
    ['tagging', 'Tagging'],
    ['requestPayment', 'RequestPaymentConfiguration'],
  ])('%s is kept whole or refused, and the bucket goes on', async (sub, root) => {
    await fc.assert(
      fc.asyncProperty(nearlyXml(root), async (document) => {
        const { status } = await at.bucket('PUT', { query: [[sub, '']], body: document });
        expect(status).toBeOneOf([200, 400, 501]);
        const kept = (await at.bucket('GET', { query: [[sub, '']] })).body;
        expect(status !== 200 || kept.replace(DEFAULTS, '') === document).toBe(true);
        expect((await at.object('GET', { headers: { origin: 'http://a' } })).status).toBe(200);
      }),
      { numRuns: 25 },
    );
    expect(at.gateway.errors).toEqual([]);
  });

  test('entities are never expanded', async () => {
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><Tagging><TagSet><Tag><Key>&b;</Key><Value/></Tag></TagSet></Tagging>';
    expect(codeOf(await at.bucket('PUT', { query: [['tagging', '']], body: bomb }))).toEqual([
      400,
      'MalformedXML',
    ]);
    const unknown = '<Tagging><TagSet><Tag><Key>&b;</Key><Value/></Tag></TagSet></Tagging>';
    await at.bucket('PUT', { query: [['tagging', '']], body: unknown });
    expect((await at.bucket('GET', { query: [['tagging', '']] })).body).not.toContain('aaa');
  });

  test('policies and callbacks of any JSON are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (text) => {
        expect((await at.bucket('PUT', { query: [['policy', '']], body: text })).status).toBeOneOf([
          200, 400, 501,
        ]);
        const callback = { 'x-oss-callback': Buffer.from(text).toString('base64') };
        const put = await at.object('PUT', { key: 'called', body: 'x', headers: callback });
        expect(put.status).toBeOneOf([400, 501]);
      }),
      { numRuns: 40 },
    );
    expect(await at.keys()).toEqual(['key']);
    expect(at.gateway.errors).toEqual([]);
  });
});

describe('forms of any bytes', () => {
  const line = fc.constantFrom(
    '--b\r\n',
    '--b--\r\n',
    '\r\n',
    'value',
    'e30=',
    'Content-Type: text/plain\r\n',
    'Content-Disposition: form-data; name="key"\r\n',
    'Content-Disposition: form-data; name="policy"\r\n',
    'Content-Disposition: form-data; name="file"; filename="\u0000"\r\n',
  );
  test('store nothing that nobody signed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 14 }), async (lines) => {
        const headers = { 'content-type': 'multipart/form-data; boundary=b' };
        const { status } = await at.bucket('POST', { account: undefined, headers, body: lines.join('') });
        expect(status).toBeOneOf([400, 403]);
      }),
      { numRuns: 60 },
    );
    expect(await at.keys()).toEqual(['key']);
    expect(at.gateway.errors).toEqual([]);
  });
});

describe('large and empty things', () => {
  test('a prefix of 10 kB finds nothing and breaks nothing', async () => {
    // As many bytes in the URL as Node takes, or all of them letters.
    for (const prefix of ['é'.repeat(2500), 'p'.repeat(10_000)]) {
      for (const more of [[], [['list-type', '2']]] as const) {
        const { status, body } = await at.bucket('GET', { query: [['prefix', prefix], ...more] });
        expect([status, textOf(body, 'IsTruncated'), textOf(body, 'Key')]).toEqual([200, 'false', undefined]);
      }
    }
  });

  test('names that look like paths, and the longest one, are names like any other', async () => {
    const keys = ['a/../../b', '..', './x', 'a//b', 'nul\u0000', 'e\u0301é', '\u{1F600}', 'x'.repeat(1023)];
    for (const key of keys) {
      expect((await at.object('PUT', { key, body: key })).status).toBe(200);
      expect((await at.object('GET', { key })).body).toBe(key);
    }
    expect(new Set(await at.keys())).toEqual(new Set(['key', ...keys]));
    for (const key of ['x'.repeat(1024), '/rooted', '\\rooted']) {
      expect(codeOf(await at.object('PUT', { key, body: 'x' }))).toEqual([400, 'InvalidObjectName']);
    }
  });

  test('ten thousand parts are listed to the end, and refused when they are too small', async () => {
    const { store } = at.gateway;
    const { uploadId } = await store.startUpload('pictures', 'parts');
    const upload = ['uploadId', uploadId] as const;
    const etags: string[] = [];
    for (let first = 1; first <= 10_000; first += 500) {
      const numbers = Array.from({ length: 500 }, (_, index) => first + index);
      const parts = await Promise.all(
        numbers.map((number) =>
          store.putPart('pictures', 'parts', uploadId, number, Readable.from([Buffer.from('x')])),
        ),
      );
      etags.push(...parts.map(({ etag }) => etag));
    }
    let marker = '0';
    let listed = 0;
    for (let more = true; more; ) {
      const page = await at.object('GET', { key: 'parts', query: [upload, ['part-number-marker', marker]] });
      listed += page.body.match(/<PartNumber>/g)?.length ?? 0;
      marker = textOf(page.body, 'NextPartNumberMarker') ?? '';
      more = textOf(page.body, 'IsTruncated') === 'true';
    }
    expect([listed, marker]).toEqual([10_000, '10000']);
    const xml = etags.map(
      (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>"${etag}"</ETag></Part>`,
    );
    const body = `<CompleteMultipartUpload>${xml.join('')}</CompleteMultipartUpload>`;
    expect(codeOf(await at.object('POST', { key: 'parts', query: [upload], body }))).toEqual([
      400,
      'EntityTooSmall',
    ]);
    expect((await at.object('DELETE', { key: 'parts', query: [upload] })).status).toBe(204);
  });

  test('the last part may be empty, and so may be the only one; no other', async () => {
    const started = await at.object('POST', { key: 'parts', query: [['uploads', '']] });
    const upload = ['uploadId', textOf(started.body, 'UploadId') ?? ''] as const;
    const part = (number: string, body: string) =>
      at.object('PUT', { key: 'parts', query: [['partNumber', number], upload], body });
    const complete = () =>
      at.object('POST', { key: 'parts', query: [upload], headers: { 'x-oss-complete-all': 'yes' } });
    await part('1', '');
    await part('2', 'x');
    expect(codeOf(await complete())).toEqual([400, 'EntityTooSmall']);
    await part('1', 'x'.repeat(100 * 1024));
    await part('2', '');
    expect((await complete()).status).toBe(200);
    expect((await at.object('HEAD', { key: 'parts' })).headers['content-length']).toBe('102400');
  });
});

describe('what cannot be sent as a header', () => {
  test.each(['response-content-disposition', 'response-content-type', 'response-expires'])(
    'is refused in %s',
    async (name) => {
      for (const value of ['a\r\nX-Injected: y', 'a\0', '\u007f']) {
        const answer = await at.object('GET', { query: [[name, value]] });
        expect([answer.status, textOf(answer.body, 'Code')]).toEqual([400, 'InvalidArgument']);
      }
      expect((await at.object('GET', { query: [[name, 'name-é-大']] })).status).toBe(200);
      expect(at.gateway.errors).toEqual([]);
    },
  );

  test('is given back to a browser that asks as it came', async () => {
    const odd = Buffer.from('x-大').toString('latin1');
    const headers = { origin: 'http://a', 'access-control-request-method': 'PUT' };
    const asked = { ...headers, 'access-control-request-headers': odd };
    const answer = await at.object('OPTIONS', { headers: asked, account: undefined });
    expect([answer.status, answer.headers['access-control-allow-headers']]).toEqual([200, odd]);
    expect(at.gateway.errors).toEqual([]);
  });
});

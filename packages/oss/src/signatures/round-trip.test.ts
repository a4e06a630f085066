import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isClaimTrue, type ReceivedRequest } from './claim.ts';
import { readClaim } from './read-claim.ts';
import { presignV1, signV1 } from './sign-v1.ts';
import { presignV2, signV2 } from './sign-v2.ts';
import { presignV4, signV4 } from './sign-v4.ts';
import type { QueryPairs } from './types.ts';
import { formatV4Time } from './v4-scope.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const keys = { accessKeyId: 'ak', secret: 'sk' };
const headers = { 'Content-Type': 'text/plain', 'x-oss-meta-name': 'é' };

interface Sent {
  method: string;
  bucket: string;
  key: string;
  query: QueryPairs;
}

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const name = fc.constantFrom('prefix', 'acl', 'uploads', 'x-oss-process', 'a b+c', 'é');
const request: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD'),
  bucket: fc.constantFrom('bucket', 'other-bucket'),
  key: text,
  query: fc.uniqueArray(fc.tuple(name, text), { selector: ([first]) => first }),
});

/** The six ways to sign: each gives the request as the server receives it. */
const ways: [way: string, sign: (sent: Sent) => ReceivedRequest][] = [
  [
    'V1 in the header',
    (sent) => {
      const dated = { ...headers, 'x-oss-date': new Date(NOW).toUTCString() };
      return { ...sent, headers: { ...dated, Authorization: signV1({ ...sent, ...keys, headers: dated }) } };
    },
  ],
  [
    'V1 in the URL',
    (sent) => {
      const added = presignV1({ ...sent, ...keys, headers, expires: NOW / 1000 + 60 });
      return { ...sent, headers, query: [...sent.query, ...added] };
    },
  ],
  [
    'V2 in the header',
    (sent) => {
      const dated = { ...headers, Host: 'gateway', Date: new Date(NOW).toUTCString() };
      const signing = { ...sent, ...keys, headers: dated, additionalHeaders: ['host'] };
      return { ...sent, headers: { ...dated, Authorization: signV2(signing) } };
    },
  ],
  [
    'V2 in the URL',
    (sent) => {
      const added = presignV2({ ...sent, ...keys, headers, expires: NOW / 1000 + 60 });
      return { ...sent, headers, query: [...sent.query, ...added] };
    },
  ],
  [
    'V4 in the header',
    (sent) => {
      const dated = {
        ...headers,
        Host: 'gateway',
        'x-oss-date': formatV4Time(NOW),
        'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
      };
      const signing = { ...sent, ...keys, region: 'local', headers: dated, additionalHeaders: ['host'] };
      return { ...sent, headers: { ...dated, Authorization: signV4(signing) } };
    },
  ],
  [
    'V4 in the URL',
    (sent) => {
      const added = presignV4({ ...sent, ...keys, headers, region: 'local', time: NOW, expiresIn: 60 });
      return { ...sent, headers, query: [...sent.query, ...added] };
    },
  ],
];

describe.each(ways)('a request signed by %s', (_way, sign) => {
  test('is believed, whatever its names are, and only with the right secret and resource', () => {
    fc.assert(
      fc.property(request, (sent) => {
        const claim = readClaim(sign(sent), NOW);
        expect(claim?.accessKeyId).toBe('ak');
        const verdicts = [
          claim !== undefined && isClaimTrue(claim, sent, 'sk'),
          claim !== undefined && isClaimTrue(claim, sent, 'other'),
          claim !== undefined && isClaimTrue(claim, { ...sent, key: `${sent.key}x` }, 'sk'),
          claim !== undefined && isClaimTrue(claim, { bucket: 'third', key: sent.key }, 'sk'),
        ];
        expect(verdicts).toEqual([true, false, false, false]);
      }),
    );
  });

  test('is not believed after its method or a header was changed', () => {
    const sent: Sent = { method: 'GET', bucket: 'bucket', key: 'key', query: [] };
    const received = sign(sent);
    for (const changed of [
      { ...received, method: 'PUT' },
      { ...received, headers: { ...received.headers, 'x-oss-meta-name': 'e' } },
      { ...received, headers: { ...received.headers, 'Content-Type': 'text/html' } },
    ]) {
      const claim = readClaim(changed, NOW);
      expect(claim !== undefined && isClaimTrue(claim, sent, 'sk')).toBe(false);
    }
  });

  test('is refused when it comes an hour late', () => {
    const received = sign({ method: 'GET', bucket: 'bucket', key: 'key', query: [] });
    expect(() => readClaim(received, NOW + 3_600_000)).toThrow(/expired|too large/);
  });
});

test('an anonymous request claims nothing', () => {
  expect(readClaim({ method: 'GET', headers: {}, query: [['prefix', 'x']] }, NOW)).toBeUndefined();
});

test('a V4 URL without a region is told what it lacks', () => {
  const signed = presignV4({ ...keys, method: 'GET', headers: {}, region: '', time: NOW, expiresIn: 9 });
  expect(() => readClaim({ method: 'GET', headers: {}, query: signed }, NOW)).toThrow(
    'The signing region in credential is invalid.',
  );
});

test.each(['0', '604801', '-1', 'x'])('a V4 URL of %s seconds is refused', (expires) => {
  const signed = presignV4({ ...keys, method: 'GET', headers: {}, region: 'r', time: NOW, expiresIn: 9 });
  const query = signed.map(([parameter, value]): [string, string] => [
    parameter,
    parameter === 'x-oss-expires' ? expires : value,
  ]);
  expect(() => readClaim({ method: 'GET', headers: {}, query }, NOW)).toThrow('malformed');
});

import { expect, test } from 'vitest';
import { isClaimTrue } from './claim.ts';
import { readClaim } from './read-claim.ts';
import { stringToSignV4 } from './string-to-sign-v4.ts';
import { signWithScope, V4_ALGORITHM } from './v4-scope.ts';

const NOW = Date.UTC(2026, 10, 25, 11, 40, 6);
const scope = { date: '20261125', region: 'cn-hangzhou', product: 'oss' };

test('V4 over the Date header as it was sent is right, too: so the Go SDK v1 signs', () => {
  const date = new Date(NOW).toUTCString();
  const sent = { method: 'PUT', bucket: 'bucket', key: 'key', query: [] };
  const headers = { Date: date, 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD' };
  const signature = signWithScope('sk', scope, stringToSignV4({ ...sent, headers }, date, scope, []));
  const credential = 'ak/20261125/cn-hangzhou/oss/aliyun_v4_request';
  const Authorization = `${V4_ALGORITHM} Credential=${credential},Signature=${signature}`;
  const claim = readClaim({ ...sent, headers: { ...headers, Authorization } }, NOW);
  expect(claim && isClaimTrue(claim, sent, 'sk')).toBe(true);
  expect(claim && isClaimTrue(claim, sent, 'other')).toBe(false);
});

test('V4 that names a header as signed which is not there is malformed, not forged', () => {
  const query: [string, string][] = [
    ['x-oss-signature-version', V4_ALGORITHM],
    ['x-oss-credential', 'ak/20261125/cn-hangzhou/oss/aliyun_v4_request'],
    ['x-oss-date', '20261125T114006Z'],
    ['x-oss-expires', '60'],
    ['x-oss-additional-headers', 'email'],
    ['x-oss-signature', 'ab'],
  ];
  const claim = (headers: Record<string, string>) => readClaim({ method: 'GET', headers, query }, NOW);
  expect(() => claim({})).toThrow('is not there');
  expect(claim({ Email: 'a@b' })).toMatchObject({ accessKeyId: 'ak' });
});

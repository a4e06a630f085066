import type { Clock } from '@rebatch/model';
import type { AccessKey } from '@rebatch/oss';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../control/control.ts';
import { dialects } from '../test-support/dialects.ts';
import { authenticate } from './authenticate.ts';
import type { RawRequest } from './raw-request.ts';

/** A clock that stands. */
const clockAt = (time: number): Clock => ({ now: () => time, after: () => ({ cancel() {} }) });
const ring = (id: string, secret: string) => ({
  find: (wanted: string) => (wanted === id ? { id, secret, owner: '1000001' } : undefined),
});

/** spec/batchcompute-api.md §3.1. */
const SPEC_DATE = 'Mon, 01 Jan 2024 00:00:00 GMT';
const SPEC_VECTORS: Record<string, RawRequest> = {
  'A, Python SDK': {
    method: 'GET',
    target: '/jobs?Marker&MaxItemCount=100',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      date: SPEC_DATE,
      'x-acs-access-key-id': 'exampleKeyId',
      'x-acs-region-id': 'cn-qingdao',
      'x-acs-signature-method': 'HMAC-SHA1',
      'x-acs-signature-nonce': '00000000-0000-0000-0000-000000000001',
      'x-acs-signature-version': '1.0',
      'x-acs-version': '2015-11-11',
      authorization: 'acs exampleKeyId:+wkwkKKZRTXBft3fpL1FYXpkQpo=',
    },
  },
  'B, Java core': {
    method: 'PUT',
    target: '/jobs/job-000000000000000000000001',
    headers: {
      accept: 'application/json',
      'content-md5': 'rnKvNFZjKabUwearae/4bA==',
      'content-type': 'application/json',
      date: SPEC_DATE,
      'x-acs-signature-method': 'HMAC-SHA1',
      'x-acs-signature-nonce': '00000000-0000-0000-0000-000000000002',
      'x-acs-signature-version': '1.0',
      'x-acs-version': '2015-11-11',
      authorization: 'acs exampleKeyId:M46edobg9of1VWVSCAH7IHaiNC0=',
    },
  },
  'C, JavaScript SDK, decoded': {
    method: 'GET',
    target: '/apps?Marker=a%20b&MaxItemCount=50',
    headers: {
      accept: 'application/json',
      'x-acs-date': SPEC_DATE,
      'x-acs-signature-method': 'HMAC-SHA1',
      'x-acs-signature-version': '1.0',
      'x-acs-version': '2015-11-11',
      authorization: 'acs exampleKeyId:ZQevz1tDh+prdx2Q+mltxb3tkzM=',
    },
  },
  'C, JavaScript SDK, encoded': {
    method: 'GET',
    target: '/apps?Marker=a%20b&MaxItemCount=50',
    headers: {
      accept: 'application/json',
      'x-acs-date': SPEC_DATE,
      'x-acs-signature-method': 'HMAC-SHA1',
      'x-acs-signature-version': '1.0',
      'x-acs-version': '2015-11-11',
      authorization: 'acs exampleKeyId:fTNiwrMWJnpI5nkPWjW98vzmHuI=',
    },
  },
};

/** clients.md §1.1. */
const CLIENTS_DATE = 'Sun, 22 Nov 2026 09:03:25 GMT';
const nodeRequest = (
  method: string,
  target: string,
  signature: string,
  contentType?: string,
): RawRequest => ({
  method,
  target,
  headers: {
    accept: 'application/json',
    'content-type': contentType,
    'x-acs-date': CLIENTS_DATE,
    'x-acs-signature-method': 'HMAC-SHA1',
    'x-acs-signature-version': '1.0',
    'x-acs-version': '2015-11-11',
    'x-sdk-client': 'node.js/1.0.0',
    'x-oss-security-token': 'token',
    authorization: `acs AK:${signature}`,
  },
});
const TEXT = 'text/plain;charset=UTF-8';
const CLIENT_VECTORS: Record<string, RawRequest> = {
  'Node, list': nodeRequest('GET', '/jobs', 'sH987c7kUdFcWKbBzGqItabpcE0='),
  'Node, encoded marker': nodeRequest(
    'GET',
    '/jobs?Marker=a%20b%2Fc&MaxItemCount=5',
    '9lJePkbAFatc7KpAe7jeGrJTufI=',
  ),
  'Node, bare key': nodeRequest('GET', '/jobs/job-1?description', 'k7eps4sxTMWi7hyUUB7mFUAhgM8='),
  'Node, PUT': nodeRequest('PUT', '/jobs/job-1', 'zra7kH/i8IDmjvNzTlvyAnSz3C0=', TEXT),
  'Node, stop': nodeRequest('POST', '/jobs/job-1/stop', 'VosjFkQPiy8WOG172mO4dRgv13w=', TEXT),
  'Node, delete': nodeRequest('DELETE', '/jobs/job-1', 'XRpkCdb2srFAsDtO8Br8FmjTI5I=', TEXT),
  Python: {
    method: 'GET',
    target: '/jobs?Marker&MaxItemCount=100',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      date: CLIENTS_DATE,
      'x-acs-access-key-id': 'AK',
      'x-acs-region-id': 'local',
      'x-acs-signature-method': 'HMAC-SHA1',
      'x-acs-signature-nonce': '00000000-0000-0000-0000-000000000001',
      'x-acs-signature-version': '1.0',
      'x-acs-version': '2015-11-11',
      authorization: 'acs AK:9ogQDgj0HUf9dDfQi6T7vWzWhec=',
    },
  },
  Java: {
    method: 'GET',
    target: '/jobs/job-1?description',
    headers: {
      accept: 'application/json',
      'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==',
      'content-type': 'application/x-www-form-urlencoded',
      date: CLIENTS_DATE,
      regionid: 'local',
      'x-acs-access-key-id': 'AK',
      'x-acs-accesskey-id': 'AK',
      'x-acs-action': 'GetJobDescription',
      'x-acs-signature-method': 'HMAC-SHA1',
      'x-acs-signature-nonce': 'n1',
      'x-acs-signature-version': '1.0',
      'x-acs-version': '2015-11-11',
      authorization: 'acs AK:XS/R1I9vtEmUgUhzSVxNltzpgZE=',
    },
  },
};

describe('A request signed by a known client is accepted', () => {
  it.each(Object.entries(SPEC_VECTORS))('vector %s', (_name, request) => {
    const clock = clockAt(Date.parse(SPEC_DATE));
    expect(authenticate(request, ring('exampleKeyId', 'exampleSecretKey0001'), clock)).toEqual({
      owner: '1000001',
    });
  });

  it.each(Object.entries(CLIENT_VECTORS))('vector %s', (_name, request) => {
    const clock = clockAt(Date.parse(CLIENTS_DATE));
    expect(authenticate(request, ring('AK', 'SK'), clock)).toEqual({ owner: '1000001' });
  });
});

const code = (wire: string, status = 400) => expect.objectContaining({ status, code: wire });

describe('A request that cannot be trusted is refused', () => {
  const keys = ring('AK', 'SK');
  const clock = clockAt(Date.parse(CLIENTS_DATE));
  const good = nodeRequest('GET', '/jobs', 'sH987c7kUdFcWKbBzGqItabpcE0=');
  const withHeaders = (headers: Record<string, string | undefined>): RawRequest => ({
    ...good,
    headers: { ...good.headers, ...headers },
  });

  it('when it has no Authorization', () => {
    expect(() => authenticate(withHeaders({ authorization: undefined }), keys, clock)).toThrow(
      code('MissingAuthorization'),
    );
  });

  it.each(['Basic QUs6U0s=', 'acs AK', 'acs :x', 'acs  ', 'AK:x'])('when Authorization is %j', (text) => {
    expect(() => authenticate(withHeaders({ authorization: text }), keys, clock)).toThrow(
      code('InvalidAuthorization'),
    );
  });

  it('when nobody has the access key', () => {
    expect(() => authenticate(good, ring('other', 'SK'), clock)).toThrow(
      code('InvalidAccessKeyId.NotFound', 404),
    );
  });

  it('when the secret is wrong', () => {
    expect(() => authenticate(good, ring('AK', 'SK2'), clock)).toThrow(code('SignatureDoesNotMatch'));
  });

  it('when method, path, query or a signed header was changed', () => {
    const changed: RawRequest[] = [
      { ...good, method: 'DELETE' },
      { ...good, target: '/jobs/job-1' },
      { ...good, target: '/jobs?State=Failed' },
      withHeaders({ 'x-acs-version': '2015-06-30' }),
      withHeaders({ 'x-acs-extra': '1' }),
      withHeaders({ accept: 'text/html' }),
    ];
    for (const request of changed) {
      expect(() => authenticate(request, keys, clock)).toThrow(code('SignatureDoesNotMatch'));
    }
  });

  it('when the signature is cut short or empty after decoding', () => {
    for (const signature of ['sH987c7kUdFcWKbBzGqItabp', '====']) {
      expect(() => authenticate(withHeaders({ authorization: `acs AK:${signature}` }), keys, clock)).toThrow(
        code('SignatureDoesNotMatch'),
      );
    }
  });

  it('when it has no date, or one that cannot be read', () => {
    expect(() => authenticate(withHeaders({ 'x-acs-date': undefined }), keys, clock)).toThrow(
      code('MissingDate'),
    );
    expect(() => authenticate(withHeaders({ 'x-acs-date': '2026-11-22' }), keys, clock)).toThrow(
      code('InvalidTimeStamp.Format'),
    );
  });

  it('when its clock is more than 15 minutes off, either way', () => {
    const at = Date.parse(CLIENTS_DATE);
    const minutes = 60_000;
    for (const offset of [-15 * minutes, 15 * minutes]) {
      expect(authenticate(good, keys, clockAt(at + offset))).toEqual({ owner: '1000001' });
      const further = clockAt(at + offset + Math.sign(offset));
      expect(() => authenticate(good, keys, further)).toThrow(code('InvalidTimeStamp.Expired'));
    }
  });

  it('when Date is fresh but the signed x-acs-date is old', () => {
    const later = clockAt(Date.parse(CLIENTS_DATE) + 3_600_000);
    const request = withHeaders({ date: new Date(later.now()).toUTCString() });
    expect(() => authenticate(request, keys, later)).toThrow(code('InvalidTimeStamp.Expired'));
  });
});

describe('A temporary key', () => {
  const now = Date.parse(SPEC_DATE);
  const key = { id: 'AK', secret: 'SK', owner: '1000001', temporary: { token: 'T', expiresAt: now + 1 } };

  /** Says who sent a request with this token, signed by Python's dialect. */
  function sender(
    token: string | undefined,
    known: AccessKey = key,
    at = now,
    header = 'x-acs-security-token',
  ): Caller {
    const extra = token === undefined ? {} : { [header]: token };
    const sent = dialects.python(
      { method: 'GET', path: '/jobs' },
      { id: known.id, secret: known.secret, now: at },
      extra,
    );
    const headers = Object.fromEntries(
      Object.entries(sent.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
    return authenticate({ ...sent, headers }, { find: () => known }, clockAt(at));
  }

  it('counts with its token, in either header', () => {
    expect(sender('T')).toEqual({ owner: '1000001' });
    expect(sender('T', key, now, 'x-oss-security-token')).toEqual({ owner: '1000001' });
  });

  it.each([
    [undefined, key, now, 400, 'MissingSecurityToken'],
    ['U', key, now, 400, 'InvalidSecurityToken.MismatchWithAccessKey'],
    ['T', key, now + 1, 400, 'InvalidSecurityToken.Expired'],
    ['T', { ...key, grants: [] }, now, 403, 'Forbidden'],
  ] as const)('with token %s is refused where it must be', (token, known, at, status, refusal) => {
    expect(() => sender(token, known, at)).toThrow(expect.objectContaining({ status, code: refusal }));
  });
});

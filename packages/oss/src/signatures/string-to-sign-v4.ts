import { createHash } from 'node:crypto';
import { lowerCaseHeaders } from './lower-case-headers.ts';
import { percentEncode, percentEncodePath } from './percent-encode.ts';
import type { QueryPairs, SignableRequest } from './types.ts';
import { formatV4Scope, V4_ALGORITHM, type V4Scope } from './v4-scope.ts';

/** Headers that V4 signs without being told to. */
export function isSignedByV4(name: string): boolean {
  return name === 'content-type' || name === 'content-md5' || name.startsWith('x-oss-');
}

/**
 * What V4 signs (spec/oss.md §1.5). `time` is `yyyymmddThhmmssZ`; `additionalHeaders` are lower-case and sorted.
 * Neither Host nor Date are signed unless they are among these.
 */
export function stringToSignV4(
  request: SignableRequest,
  time: string,
  scope: V4Scope,
  additionalHeaders: readonly string[],
): string {
  const hash = createHash('sha256')
    .update(canonicalRequest(request, additionalHeaders), 'utf8')
    .digest('hex');
  return [V4_ALGORITHM, time, formatV4Scope(scope), hash].join('\n');
}

function canonicalRequest(request: SignableRequest, additionalHeaders: readonly string[]): string {
  const headers = lowerCaseHeaders(request.headers);
  const signed = [...headers]
    .filter(([name]) => isSignedByV4(name) || additionalHeaders.includes(name))
    .map(([name, value]) => `${name}:${value}\n`);
  const { bucket, key = '' } = request;
  return [
    request.method,
    bucket === undefined ? '/' : percentEncodePath(`/${bucket}/${key}`),
    canonicalQuery(request.query ?? []),
    signed.join(''),
    additionalHeaders.join(';'),
    headers.get('x-oss-content-sha256') ?? 'UNSIGNED-PAYLOAD',
  ].join('\n');
}

function canonicalQuery(query: QueryPairs): string {
  return query
    .filter(([name]) => name !== 'x-oss-signature')
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join('&');
}

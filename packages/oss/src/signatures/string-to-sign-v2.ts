import { lowerCaseHeaders } from './lower-case-headers.ts';
import { percentEncode } from './percent-encode.ts';
import type { QueryPairs, SignableRequest } from './types.ts';

/**
 * What V2 signs (spec/oss.md §1.4). `date` is the line of that name: the date header, or the expiry of a URL in unix
 * seconds. `additionalHeaders` are lower-case and sorted.
 */
export function stringToSignV2(
  request: SignableRequest,
  date: string,
  additionalHeaders: readonly string[],
): string {
  const headers = lowerCaseHeaders(request.headers);
  const signed = [...headers]
    .filter(([name]) => name.startsWith('x-oss-') || additionalHeaders.includes(name))
    .map(([name, value]) => `${name}:${value}\n`);
  const { bucket, key = '' } = request;
  const path = bucket === undefined ? '/' : `/${bucket}/${key}`;
  return [
    request.method,
    headers.get('content-md5') ?? '',
    headers.get('content-type') ?? '',
    date,
    signed.join('') + additionalHeaders.join(';'),
    percentEncode(path) + canonicalQuery(request.query ?? []),
  ].join('\n');
}

function canonicalQuery(query: QueryPairs): string {
  const signed = query
    .filter(([name]) => name !== 'x-oss-signature')
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  return signed.length === 0 ? '' : `?${signed.join('&')}`;
}

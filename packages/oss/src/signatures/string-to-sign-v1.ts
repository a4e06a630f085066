import { isSubResource } from './sub-resources.ts';
import { lowerCaseHeaders } from './lower-case-headers.ts';
import type { QueryPairs, Resource, SignableRequest } from './types.ts';

/**
 * What V1 signs (spec/oss.md §1.3). `date` is the line of that name: the date header, or the expiry of a URL in unix
 * seconds.
 */
export function stringToSignV1(request: SignableRequest, date: string): string {
  const headers = lowerCaseHeaders(request.headers);
  const ossHeaders = [...headers]
    .filter(([name]) => name.startsWith('x-oss-'))
    .map(([name, value]) => `${name}:${value}\n`);
  return [
    request.method,
    headers.get('content-md5') ?? '',
    headers.get('content-type') ?? '',
    date,
    ossHeaders.join('') + canonicalResource(request, request.query ?? []),
  ].join('\n');
}

function canonicalResource({ bucket, key = '' }: Resource, query: QueryPairs): string {
  const path = bucket === undefined ? '/' : `/${bucket}/${key}`;
  const pairs = query.filter(([name]) => isSubResource(name));
  pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const signed = pairs.map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  return signed.length === 0 ? path : `${path}?${signed.join('&')}`;
}

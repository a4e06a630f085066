import { createHmac } from 'node:crypto';

export interface OssSignedParts {
  method: string;
  /** Absent: the service itself. */
  bucket?: string;
  key?: string;
  /** Decoded. */
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
}

/** The query parameters that our own calls use and that V1 signs (spec/oss.md §1.3). */
const SIGNED_PARAMETERS = new Set(['uploads', 'uploadId', 'partNumber']);

/** Base64 HMAC-SHA1 of the V1 string to sign (spec/oss.md §1.3). */
export function signatureV1(secret: string, parts: OssSignedParts): string {
  const headers = new Map(Object.entries(parts.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const ossHeaders = [...headers]
    .filter(([name]) => name.startsWith('x-oss-'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value.trim()}\n`)
    .join('');
  const parameters = Object.entries(parts.query)
    .filter(([name]) => SIGNED_PARAMETERS.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const path = parts.bucket === undefined ? '/' : `/${parts.bucket}/${parts.key ?? ''}`;
  const resource = parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
  const lines = [
    parts.method,
    headers.get('content-md5') ?? '',
    headers.get('content-type') ?? '',
    headers.get('date') ?? '',
    ossHeaders + resource,
  ];
  return createHmac('sha1', secret).update(lines.join('\n')).digest('base64');
}

import { createHmac } from 'node:crypto';

/** What of a request the signature covers. */
export interface SignedParts {
  method: string;
  /** Path, then `?` and the sorted, percent-encoded query as sent; a parameter without value is a bare key. */
  resource: string;
  headers: Readonly<Record<string, string>>;
}

/** The text that is signed (spec/batchcompute-api.md §3). Header names may be in any case. */
function stringToSign({ method, resource, headers }: SignedParts): string {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const canonical = [...byName]
    .filter(([name]) => name.startsWith('x-acs-'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
  const lines = [
    method.toUpperCase(),
    byName.get('accept') ?? '',
    byName.get('content-md5') ?? '',
    byName.get('content-type') ?? '',
    byName.get('x-acs-date') ?? byName.get('date') ?? '',
  ];
  return `${lines.join('\n')}\n${canonical}${resource}`;
}

/** `acs {id}:{base64 HMAC-SHA1}`, the Authorization header. */
export function authorization(accessKeyId: string, accessKeySecret: string, parts: SignedParts): string {
  const signature = createHmac('sha1', accessKeySecret).update(stringToSign(parts)).digest('base64');
  return `acs ${accessKeyId}:${signature}`;
}

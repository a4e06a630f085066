import { createHmac } from 'node:crypto';
import { headerValue, type RawRequest } from './raw-request.ts';

/** Everything that is signed before the resource: five lines and the `x-acs-*` headers (spec §3, parts 1 to 6). */
export function signedHead(request: RawRequest, date: string): string {
  const lines = [
    request.method.toUpperCase(),
    headerValue(request, 'accept'),
    headerValue(request, 'content-md5'),
    headerValue(request, 'content-type'),
    date,
  ];
  const acsHeaders = Object.keys(request.headers)
    .filter((name) => name.startsWith('x-acs-'))
    .toSorted()
    .map((name) => `${name}:${headerValue(request, name)}\n`);
  return `${lines.join('\n')}\n${acsHeaders.join('')}`;
}

/**
 * HMAC-SHA1 of head and resource with the bare secret (spec §3). Headers are bytes one to one, as node reads them; a
 * decoded resource is UTF-8.
 */
export function signature(secret: string, head: string, resource: string): Buffer {
  return createHmac('sha1', secret).update(head, 'latin1').update(resource, 'utf8').digest();
}

import { createHmac } from 'node:crypto';
import { lowerCaseHeaders } from './lower-case-headers.ts';
import { stringToSignV1 } from './string-to-sign-v1.ts';
import type { Credentials, SignableRequest, SignedQuery } from './types.ts';

export function hmacSha1(secret: string, text: string): string {
  return createHmac('sha1', secret).update(text, 'utf8').digest('base64');
}

/**
 * The Authorization header of a request signed by V1 (spec/oss.md §1.3). The headers must hold `x-oss-date` or
 * `date` (an HTTP date), and whatever else is sent of Content-Type, Content-MD5 and `x-oss-*`.
 */
export function signV1(request: SignableRequest & Credentials): string {
  const headers = lowerCaseHeaders(request.headers);
  const date = headers.get('x-oss-date') ?? headers.get('date') ?? '';
  return `OSS ${request.accessKeyId}:${hmacSha1(request.secret, stringToSignV1(request, date))}`;
}

/**
 * The parameters to add to a URL so that it can be used until `expires` (unix seconds), signed by V1. A
 * `security-token` must be among the query already. The headers are those that the user of the URL will send.
 */
export function presignV1(request: SignableRequest & Credentials & { expires: number }): SignedQuery {
  const expires = String(request.expires);
  return [
    ['OSSAccessKeyId', request.accessKeyId],
    ['Expires', expires],
    ['Signature', hmacSha1(request.secret, stringToSignV1(request, expires))],
  ];
}

import { createHmac } from 'node:crypto';
import { lowerCaseHeaders } from './lower-case-headers.ts';
import { stringToSignV2 } from './string-to-sign-v2.ts';
import type { Credentials, SignableRequest, SignedQuery } from './types.ts';

export interface V2Options extends Credentials {
  /** Headers to sign beyond the usual; those that are signed anyway or not sent are left out. */
  additionalHeaders?: readonly string[] | undefined;
}

export function hmacSha256(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text, 'utf8').digest('base64');
}

/** The Authorization header of a request signed by V2 (spec/oss.md §1.4). The headers must hold a date, as for V1. */
export function signV2(request: SignableRequest & V2Options): string {
  const headers = lowerCaseHeaders(request.headers);
  const date = headers.get('x-oss-date') ?? headers.get('date') ?? '';
  const additional = additionalHeadersOf(request);
  return [
    `OSS2 AccessKeyId:${request.accessKeyId}`,
    ...(additional.length > 0 ? [`AdditionalHeaders:${additional.join(';')}`] : []),
    `Signature:${hmacSha256(request.secret, stringToSignV2(request, date, additional))}`,
  ].join(',');
}

/** The parameters to add to a URL so that it can be used until `expires` (unix seconds), signed by V2. */
export function presignV2(request: SignableRequest & V2Options & { expires: number }): SignedQuery {
  const expires = String(request.expires);
  const additional = additionalHeadersOf(request);
  const added: SignedQuery = [
    ['x-oss-signature-version', 'OSS2'],
    ['x-oss-expires', expires],
    ['x-oss-access-key-id', request.accessKeyId],
    ...(additional.length > 0
      ? [['x-oss-additional-headers', additional.join(';')] satisfies [string, string]]
      : []),
  ];
  const whole = { ...request, query: [...(request.query ?? []), ...added] };
  return [
    ...added,
    ['x-oss-signature', hmacSha256(request.secret, stringToSignV2(whole, expires, additional))],
  ];
}

function additionalHeadersOf({ headers, additionalHeaders }: SignableRequest & V2Options): string[] {
  const sent = lowerCaseHeaders(headers);
  return (additionalHeaders ?? [])
    .map((name) => name.toLowerCase())
    .filter((name) => sent.has(name) && !name.startsWith('x-oss-'))
    .toSorted();
}

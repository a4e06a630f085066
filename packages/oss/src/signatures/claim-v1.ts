import { checkSkew } from './check-skew.ts';
import { aboutResource, type ReceivedRequest, type SignatureClaim } from './claim.ts';
import { lowerCaseHeaders } from './lower-case-headers.ts';
import { hmacSha1 } from './sign-v1.ts';
import {
  badDate,
  incompleteUrlSignature,
  malformedAuthorization,
  requestExpired,
} from './signature-error.ts';
import { stringToSignV1 } from './string-to-sign-v1.ts';

const AUTHORIZATION = /^OSS ([^:\s]+):(\S+)$/;

/**
 * Reads `Authorization: OSS id:signature` (spec/oss.md §1.3).
 * @throws SignatureError
 */
export function claimV1Header(request: ReceivedRequest, now: number): SignatureClaim {
  const headers = lowerCaseHeaders(request.headers);
  const [, accessKeyId, signature] = AUTHORIZATION.exec(headers.get('authorization') ?? '') ?? [];
  if (accessKeyId === undefined || signature === undefined) {
    throw malformedAuthorization();
  }
  // SDKs that send both dates differ in which one they sign.
  const dates = [headers.get('x-oss-date'), headers.get('date')].filter((date) => date !== undefined);
  const [first] = dates;
  if (first === undefined) {
    throw badDate();
  }
  checkSkew(Date.parse(first), now);
  return {
    accessKeyId,
    signature,
    securityToken: headers.get('x-oss-security-token'),
    stringsToSign: (resource) => dates.map((date) => stringToSignV1(aboutResource(request, resource), date)),
    sign: hmacSha1,
  };
}

/**
 * Reads `?OSSAccessKeyId=…&Expires=…&Signature=…`. Expiry is looked at before the signature is.
 * @throws SignatureError
 */
export function claimV1Url(request: ReceivedRequest, now: number): SignatureClaim {
  const params = new Map(request.query);
  const accessKeyId = params.get('OSSAccessKeyId');
  const expires = params.get('Expires');
  const signature = params.get('Signature');
  if (accessKeyId === undefined || expires === undefined || signature === undefined) {
    throw incompleteUrlSignature();
  }
  if (!/^\d{1,15}$/.test(expires) || Number(expires) * 1000 < now) {
    throw requestExpired();
  }
  return {
    accessKeyId,
    signature,
    securityToken: params.get('security-token'),
    stringsToSign: (resource) => [stringToSignV1(aboutResource(request, resource), expires)],
    sign: hmacSha1,
  };
}

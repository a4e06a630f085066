import { checkSkew } from './check-skew.ts';
import { aboutResource, type ReceivedRequest, type SignatureClaim } from './claim.ts';
import { lowerCaseHeaders } from './lower-case-headers.ts';
import { hmacSha256 } from './sign-v2.ts';
import {
  badDate,
  incompleteUrlSignature,
  malformedAuthorization,
  requestExpired,
} from './signature-error.ts';
import { stringToSignV2 } from './string-to-sign-v2.ts';

const AUTHORIZATION = /^OSS2 AccessKeyId:([^,\s]+)(?:,\s*AdditionalHeaders:([^,\s]*))?,\s*Signature:(\S+)$/;

/**
 * Reads `Authorization: OSS2 AccessKeyId:id,AdditionalHeaders:a;b,Signature:signature` (spec/oss.md §1.4).
 * @throws SignatureError
 */
export function claimV2Header(request: ReceivedRequest, now: number): SignatureClaim {
  const headers = lowerCaseHeaders(request.headers);
  const [, accessKeyId, names, signature] = AUTHORIZATION.exec(headers.get('authorization') ?? '') ?? [];
  if (accessKeyId === undefined || signature === undefined) {
    throw malformedAuthorization();
  }
  // As with V1, clients that send both dates may sign either.
  const dates = [headers.get('x-oss-date'), headers.get('date')].filter((date) => date !== undefined);
  const [first] = dates;
  if (first === undefined) {
    throw badDate();
  }
  checkSkew(Date.parse(first), now);
  const additional = readNames(names);
  return {
    accessKeyId,
    signature,
    securityToken: headers.get('x-oss-security-token'),
    stringsToSign: (resource) =>
      dates.map((date) => stringToSignV2(aboutResource(request, resource), date, additional)),
    sign: hmacSha256,
  };
}

/**
 * Reads `?x-oss-signature-version=OSS2&x-oss-access-key-id=…&x-oss-expires=…&x-oss-signature=…`.
 * @throws SignatureError
 */
export function claimV2Url(request: ReceivedRequest, now: number): SignatureClaim {
  const params = new Map(request.query);
  const accessKeyId = params.get('x-oss-access-key-id');
  const expires = params.get('x-oss-expires');
  const signature = params.get('x-oss-signature');
  if (accessKeyId === undefined || expires === undefined || signature === undefined) {
    throw incompleteUrlSignature();
  }
  if (!/^\d{1,15}$/.test(expires) || Number(expires) * 1000 < now) {
    throw requestExpired();
  }
  const additional = readNames(params.get('x-oss-additional-headers'));
  return {
    accessKeyId,
    signature,
    securityToken: params.get('security-token') ?? params.get('x-oss-security-token'),
    stringsToSign: (resource) => [stringToSignV2(aboutResource(request, resource), expires, additional)],
    sign: hmacSha256,
  };
}

function readNames(names = ''): string[] {
  return names
    .toLowerCase()
    .split(';')
    .filter((name) => name !== '')
    .toSorted();
}

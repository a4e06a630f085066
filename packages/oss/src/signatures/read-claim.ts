import type { ReceivedRequest, SignatureClaim } from './claim.ts';
import { claimV1Header, claimV1Url } from './claim-v1.ts';
import { claimV2Header, claimV2Url } from './claim-v2.ts';
import { claimV4Header, claimV4Url } from './claim-v4.ts';
import { lowerCaseHeaders } from './lower-case-headers.ts';
import { malformedAuthorization, twoSignatures } from './signature-error.ts';
import { V4_ALGORITHM } from './v4-scope.ts';

const V1_PARAMETERS = ['OSSAccessKeyId', 'Signature', 'Expires'];
/** Of V2, too. */
const V4_PARAMETERS = ['x-oss-signature-version', 'x-oss-signature', 'x-oss-credential'];

/**
 * Finds the signature of a request, whichever kind it is; nothing when the request is anonymous. `now` is in
 * milliseconds since the epoch.
 * @throws SignatureError when it cannot be valid: malformed, both in header and URL, expired, clocks too far apart.
 */
export function readClaim(request: ReceivedRequest, now: number): SignatureClaim | undefined {
  const authorization = lowerCaseHeaders(request.headers).get('authorization');
  const names = new Set(request.query.map(([name]) => name));
  const v1Url = V1_PARAMETERS.some((name) => names.has(name));
  const v4Url = V4_PARAMETERS.some((name) => names.has(name));
  if ((v1Url && v4Url) || (authorization !== undefined && (v1Url || v4Url))) {
    throw twoSignatures();
  }
  if (v4Url) {
    const version = request.query.find(([name]) => name === 'x-oss-signature-version')?.[1];
    return version === 'OSS2' ? claimV2Url(request, now) : claimV4Url(request, now);
  }
  if (v1Url) {
    return claimV1Url(request, now);
  }
  if (authorization === undefined) {
    return undefined;
  }
  if (authorization.startsWith(`${V4_ALGORITHM} `)) {
    return claimV4Header(request, now);
  }
  if (authorization.startsWith('OSS2 ')) {
    return claimV2Header(request, now);
  }
  if (authorization.startsWith('OSS ')) {
    return claimV1Header(request, now);
  }
  throw malformedAuthorization();
}

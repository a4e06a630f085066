import { lowerCaseHeaders } from './lower-case-headers.ts';
import { isSignedByV4, stringToSignV4 } from './string-to-sign-v4.ts';
import type { Credentials, SignableRequest, SignedQuery } from './types.ts';
import { formatV4Scope, formatV4Time, signWithScope, V4_ALGORITHM, type V4Scope } from './v4-scope.ts';

export interface V4Options extends Credentials {
  /** Bare, such as `cn-hangzhou`; any word does for a gateway of ours. */
  region: string;
  /** Default `oss`. */
  product?: string | undefined;
  /** Headers to sign beyond the usual; those that are signed anyway or not sent are left out. */
  additionalHeaders?: readonly string[] | undefined;
}

/**
 * The Authorization header of a request signed by V4 (spec/oss.md §1.5). The headers must hold `x-oss-date`
 * (`yyyymmddThhmmssZ`, see `formatV4Time`) and `x-oss-content-sha256: UNSIGNED-PAYLOAD`.
 */
export function signV4(request: SignableRequest & V4Options): string {
  const time = lowerCaseHeaders(request.headers).get('x-oss-date') ?? '';
  const scope = scopeOf(request, time);
  const additional = additionalHeadersOf(request);
  const signature = signWithScope(request.secret, scope, stringToSignV4(request, time, scope, additional));
  return [
    `${V4_ALGORITHM} Credential=${request.accessKeyId}/${formatV4Scope(scope)}`,
    ...(additional.length > 0 ? [`AdditionalHeaders=${additional.join(';')}`] : []),
    `Signature=${signature}`,
  ].join(',');
}

/**
 * The parameters to add to a URL so that it can be used for `expiresIn` seconds (at most 7 days) from `time`
 * (milliseconds since the epoch) on, signed by V4. An `x-oss-security-token` must be among the query already.
 */
export function presignV4(
  request: SignableRequest & V4Options & { time: number; expiresIn: number },
): SignedQuery {
  const time = formatV4Time(request.time);
  const scope = scopeOf(request, time);
  const additional = additionalHeadersOf(request);
  const added: SignedQuery = [
    ['x-oss-signature-version', V4_ALGORITHM],
    ['x-oss-credential', `${request.accessKeyId}/${formatV4Scope(scope)}`],
    ['x-oss-date', time],
    ['x-oss-expires', String(request.expiresIn)],
    ...(additional.length > 0
      ? [['x-oss-additional-headers', additional.join(';')] satisfies [string, string]]
      : []),
  ];
  const whole = { ...request, query: [...(request.query ?? []), ...added] };
  const signature = signWithScope(request.secret, scope, stringToSignV4(whole, time, scope, additional));
  return [...added, ['x-oss-signature', signature]];
}

function scopeOf({ region, product }: V4Options, time: string): V4Scope {
  return { date: time.slice(0, 8), region, product: product ?? 'oss' };
}

function additionalHeadersOf({ headers, additionalHeaders }: SignableRequest & V4Options): string[] {
  const sent = lowerCaseHeaders(headers);
  return (additionalHeaders ?? [])
    .map((name) => name.toLowerCase())
    .filter((name) => sent.has(name) && !isSignedByV4(name))
    .toSorted();
}

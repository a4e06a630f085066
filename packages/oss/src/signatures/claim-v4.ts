import { checkSkew, MAX_SKEW } from './check-skew.ts';
import { aboutResource, type ReceivedRequest, type SignatureClaim } from './claim.ts';
import { lowerCaseHeaders } from './lower-case-headers.ts';
import {
  badDate,
  incompleteUrlSignature,
  malformedAuthorization,
  missingRegion,
  missingSignedHeader,
  requestExpired,
  requestTimeTooSkewed,
} from './signature-error.ts';
import { stringToSignV4 } from './string-to-sign-v4.ts';
import { formatV4Time, parseCredential, signWithScope, V4_ALGORITHM } from './v4-scope.ts';

const TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const MAX_EXPIRES = 7 * 24 * 3600;

/**
 * Reads `Authorization: OSS4-HMAC-SHA256 Credential=…,AdditionalHeaders=…,Signature=…`: fields in any order,
 * separated by `,` or `, ` (spec/oss.md §1.5).
 * @throws SignatureError
 */
export function claimV4Header(request: ReceivedRequest, now: number): SignatureClaim {
  const headers = lowerCaseHeaders(request.headers);
  const fields = parseFields(headers.get('authorization') ?? '');
  const time = timeOf(headers);
  checkSkew(parseTime(time), now);
  const date = headers.get('date');
  return makeClaim(request, {
    credential: fields.get('Credential'),
    signature: fields.get('Signature'),
    additionalHeaders: fields.get('AdditionalHeaders'),
    time,
    // The Go SDK v1 has no x-oss-date and signs the Date header as it is.
    ...(date !== undefined && !headers.has('x-oss-date') && { writtenAs: date }),
    securityToken: headers.get('x-oss-security-token'),
  });
}

/**
 * Reads `?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=…`.
 * @throws SignatureError
 */
export function claimV4Url(request: ReceivedRequest, now: number): SignatureClaim {
  const params = new Map(request.query);
  const time = params.get('x-oss-date');
  const expires = params.get('x-oss-expires');
  if (params.get('x-oss-signature-version') !== V4_ALGORITHM) {
    throw malformedAuthorization();
  }
  if (time === undefined || expires === undefined || !params.has('x-oss-signature')) {
    throw incompleteUrlSignature();
  }
  if (!/^\d{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > MAX_EXPIRES) {
    throw malformedAuthorization();
  }
  const begin = parseTime(time);
  if (Number.isNaN(begin)) {
    throw badDate();
  }
  if (begin - now > MAX_SKEW) {
    throw requestTimeTooSkewed();
  }
  if (begin + Number(expires) * 1000 < now) {
    throw requestExpired();
  }
  return makeClaim(request, {
    credential: params.get('x-oss-credential'),
    signature: params.get('x-oss-signature'),
    additionalHeaders: params.get('x-oss-additional-headers'),
    time,
    securityToken: params.get('x-oss-security-token'),
  });
}

interface V4Fields {
  credential: string | undefined;
  signature: string | undefined;
  additionalHeaders: string | undefined;
  time: string;
  /** Another way to write the time, which may have been signed instead. */
  writtenAs?: string;
  securityToken: string | undefined;
}

function makeClaim(request: ReceivedRequest, fields: V4Fields): SignatureClaim {
  const { signature, time, writtenAs, securityToken } = fields;
  const { accessKeyId, scope } = parseCredential(fields.credential ?? '') ?? {};
  if (
    signature === undefined ||
    accessKeyId === undefined ||
    scope === undefined ||
    !time.startsWith(scope.date)
  ) {
    throw malformedAuthorization();
  }
  if (scope.region === '') {
    throw missingRegion();
  }
  const additional = (fields.additionalHeaders ?? '')
    .toLowerCase()
    .split(';')
    .filter((name) => name !== '')
    .toSorted();
  const headers = lowerCaseHeaders(request.headers);
  if (additional.some((name) => !headers.has(name))) {
    throw missingSignedHeader();
  }
  return {
    accessKeyId,
    signature,
    securityToken,
    stringsToSign: (resource) =>
      [time, ...(writtenAs === undefined ? [] : [writtenAs])].map((written) =>
        stringToSignV4(aboutResource(request, resource), written, scope, additional),
      ),
    sign: (secret, text) => signWithScope(secret, scope, text),
  };
}

function parseFields(authorization: string): Map<string, string> {
  const fields = authorization.slice(V4_ALGORITHM.length).split(',');
  return new Map(
    fields.map((field) => {
      const [name = '', ...value] = field.trim().split('=');
      return [name, value.join('=')];
    }),
  );
}

/** The time that was signed: x-oss-date, else Date rewritten. */
function timeOf(headers: ReadonlyMap<string, string>): string {
  const ossDate = headers.get('x-oss-date');
  if (ossDate !== undefined) {
    return ossDate;
  }
  const date = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(date)) {
    throw badDate();
  }
  return formatV4Time(date);
}

function parseTime(time: string): number {
  const match = TIME.exec(time);
  if (match === null) {
    return Number.NaN;
  }
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

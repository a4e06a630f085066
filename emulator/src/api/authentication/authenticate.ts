import {
  type Clock,
  forbidden,
  invalidAccessKeyId,
  invalidSecurityToken,
  invalidTimeStampExpired,
  invalidTimeStampFormat,
  missingHeader,
  signatureDoesNotMatch,
} from '@rebatch/model';
import { timingSafeEqual } from 'node:crypto';
import { type AccessKey, type KeyRing, tokenProblem } from '@rebatch/oss';
import type { Caller } from '../../control/control.ts';
import { canonicalResources } from './canonical-resources.ts';
import { parseAuthorization } from './parse-authorization.ts';
import { parseHttpDate } from './parse-http-date.ts';
import { headerValue, type RawRequest } from './raw-request.ts';
import { signature, signedHead } from './sign.ts';

/** A request may be this far from the server's clock, either way (spec §2). */
const MAX_SKEW_MS = 15 * 60_000;

/**
 * Says who sent a request. Tries every form that a known client signs (spec §3) and compares in constant time. The token
 * of a temporary key is in `x-acs-security-token` or in `x-oss-security-token` (clients.md §1.1).
 *
 * @throws WireError MissingAuthorization, InvalidAuthorization, InvalidAccessKeyId.NotFound, MissingDate,
 *   InvalidTimeStamp.Format, InvalidTimeStamp.Expired, SignatureDoesNotMatch, MissingSecurityToken,
 *   InvalidSecurityToken.MismatchWithAccessKey, InvalidSecurityToken.Expired, Forbidden
 */
export function authenticate(request: RawRequest, keyring: KeyRing, clock: Clock): Caller {
  const authorization = parseAuthorization(headerValue(request, 'authorization'));
  const key = keyring.find(authorization.accessKeyId);
  if (key === undefined) throw invalidAccessKeyId();
  checkDate(request, clock);

  const given = Buffer.from(authorization.signature, 'base64');
  const acsDate = headerValue(request, 'x-acs-date');
  const dates = new Set([...(acsDate === '' ? [] : [acsDate]), headerValue(request, 'date')]);
  const resources = canonicalResources(request.target);
  for (const date of dates) {
    const head = signedHead(request, date);
    for (const resource of resources) {
      const expected = signature(key.secret, head, resource);
      if (expected.length === given.length && timingSafeEqual(expected, given)) {
        checkToken(key, request, clock.now());
        return { owner: key.owner };
      }
    }
  }
  throw signatureDoesNotMatch();
}

/** Only asked about a key whose secret the sender knows. */
function checkToken(key: AccessKey, request: RawRequest, now: number): void {
  const token = headerValue(request, 'x-acs-security-token') || headerValue(request, 'x-oss-security-token');
  const problem = tokenProblem(key, token, now);
  if (problem === 'missing') throw missingHeader('SecurityToken');
  if (problem !== undefined) throw invalidSecurityToken(problem);
  if (key.grants !== undefined) throw forbidden('This access key is for objects only.');
}

/** `x-acs-date` counts where both are given: it is always signed, `Date` then need not be (spec §2). */
function checkDate(request: RawRequest, clock: Clock): void {
  const text = headerValue(request, 'x-acs-date') || headerValue(request, 'date');
  if (text === '') throw missingHeader('Date');
  const time = parseHttpDate(text);
  if (time === undefined) throw invalidTimeStampFormat();
  if (Math.abs(clock.now() - time) > MAX_SKEW_MS)
    throw invalidTimeStampExpired(new Date(clock.now()).toISOString());
}

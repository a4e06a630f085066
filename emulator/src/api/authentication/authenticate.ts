import {
  type Clock,
  invalidAccessKeyId,
  invalidTimeStampExpired,
  invalidTimeStampFormat,
  missingHeader,
  signatureDoesNotMatch,
} from '@rebatch/model';
import { timingSafeEqual } from 'node:crypto';
import type { KeyRing } from '@rebatch/oss';
import type { Caller } from '../../control/control.ts';
import { canonicalResources } from './canonical-resources.ts';
import { parseAuthorization } from './parse-authorization.ts';
import { parseHttpDate } from './parse-http-date.ts';
import { headerValue, type RawRequest } from './raw-request.ts';
import { signature, signedHead } from './sign.ts';

/** A request may be this far from the server's clock, either way (spec §2). */
const MAX_SKEW_MS = 15 * 60_000;

/**
 * Says who sent a request. Tries every form that a known client signs (spec §3) and compares in constant time. An STS
 * token beside a known key is tolerated, in `x-acs-security-token` and in `x-oss-security-token` (clients.md §1.1).
 *
 * @throws WireError MissingAuthorization, InvalidAuthorization, InvalidAccessKeyId.NotFound, MissingDate,
 *   InvalidTimeStamp.Format, InvalidTimeStamp.Expired, SignatureDoesNotMatch
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
      if (expected.length === given.length && timingSafeEqual(expected, given)) return { owner: key.owner };
    }
  }
  throw signatureDoesNotMatch();
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

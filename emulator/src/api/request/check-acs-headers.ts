import { invalidVersion } from '@rebatch/model';
import { invalidSignatureMethod, invalidSignatureVersion } from '../errors.ts';
import { headerValue, type RawRequest } from '../authentication/raw-request.ts';

/**
 * Checks what the common headers announce (spec §2). Absent ones pass, since nothing depends on them.
 *
 * @throws WireError InvalidVersion, InvalidSignatureMethod, InvalidSignatureVersion
 */
export function checkAcsHeaders(request: RawRequest): void {
  const version = headerValue(request, 'x-acs-version');
  if (version !== '' && version !== '2015-11-11') throw invalidVersion();
  const method = headerValue(request, 'x-acs-signature-method');
  if (method !== '' && method.toUpperCase() !== 'HMAC-SHA1') throw invalidSignatureMethod();
  const signatureVersion = headerValue(request, 'x-acs-signature-version');
  if (signatureVersion !== '' && signatureVersion !== '1.0') throw invalidSignatureVersion();
}

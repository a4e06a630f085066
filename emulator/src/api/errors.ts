import { invalidParameter, WireError } from '@rebatch/model';

/**
 * Refusals that only HTTP knows; those of the API itself come from `@rebatch/model`. The vendor's pages give no codes
 * for these (spec §17.4); the names follow the template of §17.2.
 */

/** Thrown when `x-acs-signature-method` is not HMAC-SHA1 (spec §2). */
export function invalidSignatureMethod(): WireError {
  return invalidParameter('SignatureMethod', 'It must be HMAC-SHA1.');
}

/** Thrown when `x-acs-signature-version` is not 1.0 (spec §2). */
export function invalidSignatureVersion(): WireError {
  return invalidParameter('SignatureVersion', 'It must be 1.0.');
}

/** Thrown when `x-acs-compress-type` is not deflate (spec §2). */
export function invalidCompressType(): WireError {
  return invalidParameter('CompressType', 'It must be deflate.');
}

/** Thrown when `Content-MD5` is an MD5, but not that of the body. */
export function invalidContentMd5(): WireError {
  return invalidParameter('ContentMD5', 'It is not the MD5 of the body.');
}

/** Thrown when a body that should be deflated is not. */
export function bodyNotDeflated(): WireError {
  return invalidParameter('HttpBody', 'It cannot be inflated.');
}

/** Thrown when the sender hangs up in the middle of a body. */
export function incompleteBody(): WireError {
  return invalidParameter('HttpBody', 'It is incomplete.');
}

/** Thrown when a request target cannot be decoded, e.g. `/jobs/%zz` (spec §17.1). */
export function invalidUrl(): WireError {
  return new WireError(400, 'InvalidParameter', 'Specified parameter format is not valid.');
}

/**
 * Thrown for an operation of the vendor's API that this server does not offer. Not 501: clients repeat every status
 * from 500 on (clients.md §6.5, §8.1a).
 */
export function unsupportedOperation(operation: string): WireError {
  return new WireError(400, 'UnsupportedOperation', `${operation} is not available on this server.`);
}

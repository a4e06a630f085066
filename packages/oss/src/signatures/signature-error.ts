/** Thrown when a request's signature cannot be what it claims, whatever the secret is (spec/oss.md §1.3). */
export class SignatureError extends Error {
  readonly status: 400 | 403;
  readonly code: 'InvalidArgument' | 'AccessDenied' | 'RequestTimeTooSkewed';

  constructor(
    status: SignatureError['status'],
    code: SignatureError['code'],
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SignatureError';
    this.status = status;
    this.code = code;
  }
}

export const malformedAuthorization = (): SignatureError =>
  new SignatureError(
    400,
    'InvalidArgument',
    'The Authorization header or the signature parameters are malformed.',
  );

/** The message is the vendor's, word for word: the tests of oss2 compare it (TestSign). */
export const missingRegion = (): SignatureError =>
  new SignatureError(400, 'InvalidArgument', 'The signing region in credential is invalid.');

export const missingSignedHeader = (): SignatureError =>
  new SignatureError(400, 'InvalidArgument', 'A header that is named as signed is not there.');

export const twoSignatures = (): SignatureError =>
  new SignatureError(400, 'InvalidArgument', 'A request is signed in its header or in its URL, not in both.');

export const incompleteUrlSignature = (): SignatureError =>
  new SignatureError(403, 'AccessDenied', 'A parameter of the URL signature is missing.');

export const badDate = (): SignatureError =>
  new SignatureError(403, 'AccessDenied', 'The request must carry a valid Date or x-oss-date header.');

export const requestExpired = (): SignatureError =>
  new SignatureError(403, 'AccessDenied', 'Request has expired.');

/** The message is the vendor's, word for word: clients compare it (spec/oss.md §1.1). */
export const requestTimeTooSkewed = (): SignatureError =>
  new SignatureError(
    403,
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
  );

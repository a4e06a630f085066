import { OssError } from './oss-error.ts';

/** The request is anonymous or signed by somebody who may not do this. */
export const accessDenied = (
  message = 'You have no right to access this object because of bucket acl.',
): OssError => new OssError(403, 'AccessDenied', message);

/** No key of that id exists, or it is disabled. */
export const invalidAccessKeyId = (accessKeyId: string): OssError =>
  new OssError(
    403,
    'InvalidAccessKeyId',
    'The OSS Access Key Id you provided does not exist in our records.',
    {
      details: [['OSSAccessKeyId', accessKeyId]],
    },
  );

/** The key is a temporary one, and the token beside it is not its own. */
export const invalidSecurityToken = (problem: 'missing' | 'wrong'): OssError =>
  new OssError(
    403,
    'InvalidSecurityToken',
    problem === 'missing'
      ? 'The access key is a temporary one: it needs its security token.'
      : 'The security token you provided is invalid.',
  );

/** The key is a temporary one, and its time is over. */
export const securityTokenExpired = (): OssError =>
  new OssError(403, 'SecurityTokenExpired', 'The security token you provided has expired.');

/** The signature is another than the one computed here; the document shows from what (spec/oss.md §1.3). */
export const signatureDoesNotMatch = (
  accessKeyId: string,
  signature: string,
  stringToSign: string,
): OssError =>
  new OssError(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    {
      details: [
        ['OSSAccessKeyId', accessKeyId],
        ['SignatureProvided', signature],
        ['StringToSign', stringToSign],
        ['StringToSignBytes', spacedHex(stringToSign)],
      ],
    },
  );

/** An argument in the query or in a header is not what it may be. */
export const invalidArgument = (message: string, name?: string, value?: string): OssError =>
  new OssError(400, 'InvalidArgument', message, {
    details: [
      ...(name === undefined ? [] : [['ArgumentName', name] as const]),
      ...(value === undefined ? [] : [['ArgumentValue', value] as const]),
    ],
  });

/** The parts of a document do not go together. */
export const invalidRequest = (message: string): OssError => new OssError(400, 'InvalidRequest', message);

/** The bucket's encryption rule names an algorithm that there is not. */
export const invalidEncryptionAlgorithm = (): OssError =>
  new OssError(
    400,
    'InvalidEncryptionAlgorithmError',
    'The Encryption request you specified is not valid. Supported value: AES256.',
  );

/** The path is no percent-encoded UTF-8. */
export const invalidUri = (): OssError =>
  new OssError(400, 'InvalidURI', 'The path of the request is not percent-encoded UTF-8.');

/** The body is no XML document of the kind that the operation takes, or is too long for one. */
export const malformedXml = (cause?: unknown): OssError =>
  new OssError(
    400,
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema.',
    {
      cause,
    },
  );

/** The bucket policy cannot be read. */
export const malformedPolicy = (why: string, cause?: unknown): OssError =>
  new OssError(400, 'MalformedPolicyDocument', `The policy is not valid: ${why}.`, { cause });

/** A setting of the bucket that was never made; `code` names it (spec/oss.md §1.7). */
export const noSuchConfig = (code: string, what: string): OssError =>
  new OssError(404, code, `The bucket has no ${what} configuration.`);

/** The bucket has no image style of that name. */
export const noSuchStyle = (style: string): OssError =>
  new OssError(404, 'NoSuchStyle', 'The specified image style does not exist.', {
    details: [['StyleName', style]],
  });

/** A browser on that origin may not send this, says the bucket. */
export const corsForbidden = (): OssError =>
  new OssError(
    403,
    'AccessForbidden',
    'CORSResponse: This CORS request is not allowed by the rules of the bucket.',
  );

/** The page that the request comes from may not use the bucket's objects. */
export const refererDenied = (): OssError =>
  new OssError(403, 'AccessDenied', 'You are denied by bucket referer policy.');

/** The bucket that access logs are to go to is not the owner's. */
export const invalidTargetBucketForLogging = (bucket: string): OssError =>
  new OssError(
    400,
    'InvalidTargetBucketForLogging',
    'The target bucket for logging is not one of the owner.',
    {
      details: [['TargetBucket', bucket]],
    },
  );

/** The policy of a form cannot be read. */
export const invalidPolicyDocument = (why: string, cause?: unknown): OssError =>
  new OssError(400, 'InvalidPolicyDocument', `Invalid Policy: ${why}.`, { cause });

/** The policy of a form does not allow what the form says, or its time is over. */
export const policyRefuses = (why: string): OssError =>
  new OssError(403, 'AccessDenied', `Invalid according to Policy: ${why}`);

/** The body is no form. */
export const malformedPost = (why: string, cause?: unknown): OssError =>
  new OssError(400, 'MalformedPOSTRequest', `The body of the request is not a well-formed form: ${why}.`, {
    cause,
  });

/** A form has one file. */
export const incorrectNumberOfFiles = (): OssError =>
  new OssError(
    400,
    'IncorrectNumberOfFilesInPOSTRequest',
    'POST requires exactly one file upload per request.',
  );

/** The file of a form has fewer or more bytes than its policy allows. */
export const fileSizeRefused = (kind: 'EntityTooSmall' | 'EntityTooLarge'): OssError =>
  new OssError(
    400,
    kind,
    `Your proposed upload is ${kind === 'EntityTooSmall' ? 'smaller' : 'larger'} than the policy allows.`,
  );

/** The object is stored, but the server that was to hear of it did not answer as it should. */
export const callbackFailed = (why: string, cause?: unknown): OssError =>
  new OssError(203, 'CallbackFailed', `Error status : ${why}.`, { cause });

/** What a symlink stands for is not there. */
export const symlinkTargetNotExist = (target: string): OssError =>
  new OssError(404, 'SymlinkTargetNotExist', 'The symlink target object does not exist', {
    details: [['SymlinkTarget', target]],
  });

/** A symlink that stands for a symlink cannot be followed. */
export const invalidTargetType = (target: string): OssError =>
  new OssError(400, 'InvalidTargetType', 'The symbolic link points to another symbolic link.', {
    details: [['SymlinkTarget', target]],
  });

/** The object is no symlink. */
export const notSymlink = (): OssError => new OssError(400, 'NotSymlink', 'The object is not a symlink.');

/** The tags of a request are not what tags may be (spec/oss.md §1.1). */
export const invalidTag = (why: string): OssError =>
  new OssError(400, 'InvalidTag', `The tags are not valid: ${why}.`);

/** The object is archived and must be restored before it can be read. */
export const invalidObjectState = (): OssError =>
  new OssError(403, 'InvalidObjectState', "The operation is not valid for the object's state");

/** Only an archived object can be restored. */
export const operationNotSupported = (): OssError =>
  new OssError(400, 'OperationNotSupported', 'The operation is not supported for this resource');

/** A body was announced neither by Content-Length nor by chunked encoding. */
export const missingContentLength = (): OssError =>
  new OssError(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');

/** No operation has this method. */
export const methodNotAllowed = (method: string): OssError =>
  new OssError(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    details: [['Method', method]],
  });

/** The sub-resource or header is one of OSS that this gateway does not have. */
export const notImplemented = (what: string): OssError =>
  new OssError(
    501,
    'NotImplemented',
    'A header or parameter you provided implies functionality that is not implemented.',
    {
      details: [['Header', what]],
    },
  );

/** An If-… header does not hold. */
export const preconditionFailed = (condition: string): OssError =>
  new OssError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold.', {
    details: [['Condition', condition]],
  });

/** The range lies outside, and the client asked for the standard's answer to that. */
export const invalidRange = (size: number, range: string): OssError =>
  new OssError(416, 'InvalidRange', 'The requested range cannot be satisfied.', {
    details: [
      ['ActualObjectSize', String(size)],
      ['RangeRequested', range],
    ],
    headers: { 'Content-Range': `bytes */${size}` },
  });

/** The Content-MD5 header is no MD5. */
export const invalidDigest = (): OssError =>
  new OssError(400, 'InvalidDigest', 'The Content-MD5 you specified is not valid.');

/** Something is broken here, not in the request. */
export const internalError = (cause: unknown): OssError =>
  new OssError(500, 'InternalError', 'The server met an error; the request may be tried again.', { cause });

function spacedHex(text: string): string {
  return Buffer.from(text).toString('hex').toUpperCase().replace(/../g, '$& ').trimEnd();
}

import { ObjectStoreError, type ObjectStoreErrorCode } from '@rebatch/objects';
import { ImageProblemError } from '../images/image-problems.ts';
import { SignatureError } from '../signatures/index.ts';
import { OssError } from './oss-error.ts';
import { internalError } from './oss-errors.ts';

/** Status of what an object store throws (spec/oss.md §1.12). */
const STATUS: Record<ObjectStoreErrorCode, number> = {
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchVersion: 404,
  NoSuchUpload: 404,
  BucketAlreadyExists: 409,
  BucketNotEmpty: 409,
  TooManyBuckets: 400,
  InvalidBucketName: 400,
  InvalidObjectName: 400,
  InvalidArgument: 400,
  InvalidDigest: 400,
  IncompleteBody: 400,
  EntityTooSmall: 400,
  EntityTooLarge: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  FileAlreadyExists: 409,
  MethodNotAllowed: 405,
  PreconditionFailed: 412,
  ObjectNotAppendable: 409,
  PositionNotEqualToLength: 409,
  DiskFull: 507,
};

/** Sentences of the vendor's own that scripts are known to look for; elsewhere the store's own sentence is kept. */
const MESSAGES: Partial<Record<ObjectStoreErrorCode, string>> = {
  NoSuchBucket: 'The specified bucket does not exist.',
  NoSuchKey: 'The specified key does not exist.',
  NoSuchVersion: 'The specified version does not exist.',
  MethodNotAllowed: 'The specified method is not allowed against this resource.',
  NoSuchUpload:
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  BucketAlreadyExists:
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
  BucketNotEmpty: 'The bucket you tried to delete is not empty.',
  FileAlreadyExists: 'The object you specified already exists and can not be overwritten.',
  PositionNotEqualToLength: 'Position is not equal to file length',
  ObjectNotAppendable: 'The object is not appendable',
};

/** What a request was about, to be named in the answer. */
export interface About {
  bucket?: string;
  key?: string;
  versionId?: string | undefined;
  method?: string;
}

/** What goes onto the wire for whatever was thrown. */
export function toOssError(error: unknown, about: About): OssError {
  if (error instanceof OssError) {
    return error;
  }
  if (error instanceof SignatureError) {
    return new OssError(error.status, error.code, error.message, { cause: error });
  }
  if (error instanceof ObjectStoreError) {
    const { code } = error;
    return new OssError(STATUS[code], code, MESSAGES[code] ?? error.message, {
      cause: error,
      details: detailsOf(code, about),
      headers: headersOf(error),
    });
  }
  if (error instanceof ImageProblemError) {
    const { status, code, message, ec } = error.problem;
    // What is not served is no failure of the server's.
    return new OssError(status, code, message, { ec, ...(status === 500 && { cause: error }) });
  }
  return internalError(error);
}

function headersOf({ code, nextPosition, deleteMarker }: ObjectStoreError): Record<string, string> {
  return {
    ...(nextPosition !== undefined && { 'x-oss-next-append-position': String(nextPosition) }),
    ...(deleteMarker !== undefined && { 'x-oss-delete-marker': 'true', 'x-oss-version-id': deleteMarker }),
    ...(code === 'MethodNotAllowed' && { Allow: 'DELETE' }),
  };
}

function detailsOf(code: ObjectStoreErrorCode, about: About): [string, string][] {
  const { bucket, key, versionId = '', method = '' } = about;
  if (code === 'NoSuchKey' && key !== undefined) {
    return [['Key', key]];
  }
  if (code === 'NoSuchVersion' && key !== undefined) {
    return [
      ['Key', key],
      ['VersionId', versionId],
    ];
  }
  if (code === 'MethodNotAllowed') {
    return [
      ['Method', method],
      ['ResourceType', 'DeleteMarker'],
    ];
  }
  return bucket === undefined ? [] : [['BucketName', bucket]];
}

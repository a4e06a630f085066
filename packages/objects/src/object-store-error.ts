export type ObjectStoreErrorCode =
  | 'NoSuchBucket'
  | 'NoSuchKey'
  | 'NoSuchVersion'
  | 'NoSuchUpload'
  | 'BucketAlreadyExists'
  | 'BucketNotEmpty'
  | 'TooManyBuckets'
  | 'InvalidBucketName'
  | 'InvalidObjectName'
  | 'InvalidArgument'
  | 'InvalidDigest'
  | 'IncompleteBody'
  | 'EntityTooSmall'
  | 'EntityTooLarge'
  | 'InvalidPart'
  | 'InvalidPartOrder'
  | 'FileAlreadyExists'
  | 'MethodNotAllowed'
  | 'PreconditionFailed'
  | 'ObjectNotAppendable'
  | 'PositionNotEqualToLength'
  | 'DiskFull';

/** Thrown when an object store cannot do what was asked; `code` is the wire's (spec/oss.md §1.12). */
export class ObjectStoreError extends Error {
  readonly code: ObjectStoreErrorCode;
  /** With PositionNotEqualToLength: where the next append must start. */
  readonly nextPosition: number | undefined;
  /** With NoSuchKey and MethodNotAllowed: the delete marker that was found instead of an object. */
  readonly deleteMarker: string | undefined;

  constructor(
    code: ObjectStoreErrorCode,
    message: string,
    options: ErrorOptions & { nextPosition?: number; deleteMarker?: string | undefined } = {},
  ) {
    super(message, options);
    this.name = 'ObjectStoreError';
    this.code = code;
    this.nextPosition = options.nextPosition;
    this.deleteMarker = options.deleteMarker;
  }
}

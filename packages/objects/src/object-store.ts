import type {
  AppendResult,
  BucketInfo,
  BucketStat,
  ByteRange,
  CompletedPart,
  CopyOptions,
  ListOptions,
  ListPage,
  LocalFiles,
  ObjectBody,
  ObjectChange,
  ObjectInfo,
  PartInfo,
  PutOptions,
  UploadInfo,
} from './types.ts';

/** A body on its way in: chunks in order. Node streams and web streams both are one. */
export type BodySource = AsyncIterable<Uint8Array>;

/**
 * Buckets and objects, durable and atomic: after a method resolves its effect survives a crash, and a reader sees the
 * old object or the new one, never a mixture. Back ends: `file-store/` here, S3 later.
 *
 * Every method throws {@link ObjectStoreError} with a code of spec/oss.md §1.12 when it cannot do what was asked.
 * Authorisation is the caller's (the gateway and the worker check `BucketInfo.owner`).
 */
export interface ObjectStore {
  /** Again for a bucket that `owner` has gives it `acl`. @throws BucketAlreadyExists (somebody else's), TooManyBuckets */
  createBucket(bucket: string, owner: string, options?: { acl?: string }): Promise<BucketInfo>;
  /** @throws BucketNotEmpty while objects or open uploads remain; NoSuchBucket. */
  deleteBucket(bucket: string): Promise<void>;
  /** @throws NoSuchBucket */
  getBucket(bucket: string): Promise<BucketInfo>;
  /** All buckets of `owner` (of everyone when absent), by name. */
  listBuckets(owner?: string): Promise<BucketInfo[]>;
  /** A document that the dialect above keeps with the bucket, and that goes with it. @throws NoSuchBucket */
  getBucketConfig(bucket: string, name: string): Promise<string | undefined>;
  /** Keeps the document, or forgets it when there is none. @throws NoSuchBucket */
  setBucketConfig(bucket: string, name: string, document: string | undefined): Promise<void>;
  /** @throws NoSuchBucket */
  statBucket(bucket: string): Promise<BucketStat>;

  put(bucket: string, key: string, body: BodySource, options?: PutOptions): Promise<ObjectInfo>;
  /** The body stays readable to its end even when the object is replaced or deleted meanwhile. */
  get(bucket: string, key: string, range?: ByteRange): Promise<ObjectBody>;
  /** @throws NoSuchKey, NoSuchBucket */
  head(bucket: string, key: string): Promise<ObjectInfo>;
  /**
   * A URL at which anybody gets the object's bytes for `seconds` without this process, with these response headers
   * (lower-case names); absent where the back end has none, and for objects that it keeps in pieces.
   * @throws NoSuchKey, NoSuchBucket
   */
  directUrl(
    bucket: string,
    key: string,
    options: { seconds: number; headers: Record<string, string> },
  ): Promise<string | undefined>;
  /**
   * Files of this host that hold the object's bytes, one after the other, to be read without this process; absent where
   * the back end has none, and for objects that it keeps elsewhere (small ones, in its database). What they hold never
   * changes, but they may get longer, and they go with the object.
   * @throws NoSuchKey, NoSuchBucket
   */
  localFiles(bucket: string, key: string): Promise<LocalFiles | undefined>;
  /** Changes attributes (undefined: takes them away) and nothing else, neither date nor ETag. @throws NoSuchKey, NoSuchBucket */
  setAttributes(
    bucket: string,
    key: string,
    changes: Readonly<Record<string, string | undefined>>,
  ): Promise<ObjectInfo>;
  list(bucket: string, options?: ListOptions): Promise<ListPage>;
  /** Deleting what is not there is no error. */
  delete(bucket: string, key: string): Promise<void>;
  copy(
    from: { bucket: string; key: string },
    to: { bucket: string; key: string },
    options?: CopyOptions,
  ): Promise<ObjectInfo>;

  /**
   * Adds `body` at byte `position`, which must be the object's length (0 creates it).
   * @throws PositionNotEqualToLength (with `nextPosition`), ObjectNotAppendable
   */
  append(
    bucket: string,
    key: string,
    position: number,
    body: BodySource,
    options?: PutOptions,
  ): Promise<AppendResult>;

  startUpload(bucket: string, key: string, options?: PutOptions): Promise<UploadInfo>;
  putPart(
    bucket: string,
    key: string,
    uploadId: string,
    partNumber: number,
    body: BodySource,
    options?: Pick<PutOptions, 'contentMd5' | 'contentLength'>,
  ): Promise<PartInfo>;
  completeUpload(
    bucket: string,
    key: string,
    uploadId: string,
    parts: CompletedPart[] | 'all',
    options?: { createOnly?: boolean },
  ): Promise<ObjectInfo>;
  abortUpload(bucket: string, key: string, uploadId: string): Promise<void>;
  listParts(bucket: string, key: string, uploadId: string): Promise<PartInfo[]>;
  listUploads(bucket: string, prefix?: string): Promise<UploadInfo[]>;

  /** Changes below `prefix` from now on, until the returned function is called. */
  watch(bucket: string, prefix: string, listener: (change: ObjectChange) => void): () => void;

  /** Finishes what is under way and lets go of files. */
  close(): Promise<void>;
}

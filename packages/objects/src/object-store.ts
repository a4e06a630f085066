import type {
  AppendOptions,
  AppendResult,
  AttributeStat,
  BucketInfo,
  BucketStat,
  ByteRange,
  ChangeOptions,
  CompletedPart,
  CompleteOptions,
  CopyOptions,
  Deletion,
  DirectPieces,
  ListOptions,
  ListPage,
  ListVersionsOptions,
  LocalFiles,
  ObjectBody,
  ObjectChange,
  ObjectInfo,
  ObjectName,
  PartInfo,
  PutOptions,
  UploadInfo,
  VersionPage,
  Versioning,
} from './types.ts';

/** A body on its way in: chunks in order. Node streams and web streams both are one. */
export type BodySource = AsyncIterable<Uint8Array> & {
  /** Hears of chunks that the store has done with, those of large bodies, so that their memory can be freed at once. */
  release?: (chunk: Uint8Array) => void;
};

/**
 * Buckets and objects, durable and atomic: after a method resolves its effect survives a crash, and a reader sees the
 * old object or the new one, never a mixture. Back ends: `file-store/` here, S3 later.
 *
 * Every method throws {@link ObjectStoreError} with a code of spec/oss.md §1.12 when it cannot do what was asked.
 * Authorisation is the caller's (the gateway and the worker check `BucketInfo.owner`).
 */
export interface ObjectStore {
  /**
   * Again for a bucket that `owner` has gives it `acl`; attributes are those of the first time.
   * @throws BucketAlreadyExists (somebody else's), TooManyBuckets
   */
  createBucket(
    bucket: string,
    owner: string,
    options?: { acl?: string; attributes?: Readonly<Record<string, string>> },
  ): Promise<BucketInfo>;
  /**
   * Begins (`Enabled`) or ceases (`Suspended`) to keep what is replaced by put, copy, completeUpload and delete as a
   * version of its key. Without this call there is one version, `null`.
   * @throws NoSuchBucket
   */
  setVersioning(bucket: string, versioning: Versioning): Promise<BucketInfo>;
  /** @throws BucketNotEmpty while objects, versions, delete markers or open uploads remain; NoSuchBucket. */
  deleteBucket(bucket: string): Promise<void>;
  /** @throws NoSuchBucket */
  getBucket(bucket: string): Promise<BucketInfo>;
  /** All buckets of `owner` (of everyone when absent), by name. */
  listBuckets(owner?: string): Promise<BucketInfo[]>;
  /** A document that the dialect above keeps with the bucket, and that goes with it. @throws NoSuchBucket */
  getBucketConfig(bucket: string, name: string): Promise<string | undefined>;
  /**
   * Keeps the document, or forgets it when there is none, and changes attributes of the bucket with it (undefined: takes
   * them away). @throws NoSuchBucket
   */
  setBucketConfig(
    bucket: string,
    name: string,
    document: string | undefined,
    attributes?: Readonly<Record<string, string | undefined>>,
  ): Promise<void>;
  /** @throws NoSuchBucket */
  statBucket(bucket: string): Promise<BucketStat>;
  /** The same by the values of an attribute; objects without it are not in it. @throws NoSuchBucket */
  statAttribute(bucket: string, name: string): Promise<AttributeStat>;

  put(bucket: string, key: string, body: BodySource, options?: PutOptions): Promise<ObjectInfo>;
  /** The body stays readable to its end even when the object is replaced or deleted meanwhile. Throws as `head` does. */
  get(bucket: string, key: string, range?: ByteRange, versionId?: string): Promise<ObjectBody>;
  /** @throws NoSuchKey, NoSuchVersion, MethodNotAllowed (the version is a delete marker), NoSuchBucket */
  head(bucket: string, key: string, versionId?: string): Promise<ObjectInfo>;
  /**
   * A URL at which anybody gets the object's bytes for `seconds` without this process, with these response headers
   * (lower-case names); absent where the back end has none, and for objects that it keeps in pieces.
   * Throws as `head` does.
   */
  directUrl(
    bucket: string,
    key: string,
    options: { seconds: number; headers: Record<string, string>; versionId?: string },
  ): Promise<string | undefined>;
  /**
   * Files of this host that hold the object's bytes, one after the other, to be read without this process; absent where
   * the back end has none, and for objects that it keeps elsewhere (small ones, in its database). What they hold never
   * changes, but they may get longer, and they go with the object.
   * @throws NoSuchKey, NoSuchBucket
   */
  localFiles(bucket: string, key: string): Promise<LocalFiles | undefined>;
  /**
   * URLs at which anybody gets the object's bytes for `seconds` without this process, one after the other, also of an object
   * in pieces; absent where the back end has none. What is there never changes, and goes with the object.
   * @throws NoSuchKey, NoSuchBucket
   */
  directPieces(bucket: string, key: string, seconds: number): Promise<DirectPieces | undefined>;
  /**
   * Changes attributes (undefined: takes them away) and nothing else, neither date nor ETag. Throws as `head` does, and
   * @throws PreconditionFailed
   */
  setAttributes(
    bucket: string,
    key: string,
    changes: Readonly<Record<string, string | undefined>>,
    options?: ChangeOptions,
  ): Promise<ObjectInfo>;
  /** What keys stand for. */
  list(bucket: string, options?: ListOptions): Promise<ListPage>;
  /** All versions and delete markers; in a bucket that never kept any, each object as the version `null`. */
  listVersions(bucket: string, options?: ListVersionsOptions): Promise<VersionPage>;
  /**
   * Deleting what is not there is no error. In a bucket with versions, without a `versionId`: the key gets a delete
   * marker, and what it stood for stays as a version. With one: that version is gone for good, and the one before it is
   * what the key stands for if it was the latest.
   * @throws PreconditionFailed, NoSuchBucket
   */
  delete(bucket: string, key: string, options?: ChangeOptions): Promise<Deletion>;
  /** Throws for `from` as `head` does. */
  copy(from: ObjectName, to: { bucket: string; key: string }, options?: CopyOptions): Promise<ObjectInfo>;

  /**
   * Adds `body` at byte `position`, which must be the object's length (0 creates it). No version is made of what was
   * there before, and only what the key stands for can grow.
   * @throws PositionNotEqualToLength (with `nextPosition`), ObjectNotAppendable
   */
  append(
    bucket: string,
    key: string,
    position: number,
    body: BodySource,
    options?: AppendOptions,
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
    options?: CompleteOptions,
  ): Promise<ObjectInfo>;
  /** @throws NoSuchUpload, NoSuchBucket */
  headUpload(bucket: string, key: string, uploadId: string): Promise<UploadInfo>;
  abortUpload(bucket: string, key: string, uploadId: string): Promise<void>;
  listParts(bucket: string, key: string, uploadId: string): Promise<PartInfo[]>;
  listUploads(bucket: string, prefix?: string): Promise<UploadInfo[]>;

  /** Changes below `prefix` from now on, until the returned function is called. */
  watch(bucket: string, prefix: string, listener: (change: ObjectChange) => void): () => void;

  /** Finishes what is under way and lets go of files. */
  close(): Promise<void>;
}

/** `Suspended`: what there is stays, what is written anew takes the place of the version `null`. */
export type Versioning = 'Enabled' | 'Suspended';

export interface BucketInfo {
  name: string;
  /** Account number of the owner, decimal. */
  owner: string;
  /** Milliseconds since the epoch. */
  created: number;
  acl: string;
  /** Absent: versions were never kept. Once they were, it cannot be absent again. */
  versioning?: Versioning;
  /** What the dialect above keeps with the bucket and looks at often (class of new objects); names are its own. */
  attributes: Record<string, string>;
}

/** What is in a bucket. */
export interface BucketStat {
  /** Versions are objects, too; delete markers are not. */
  objects: number;
  /** Bytes of all objects; open uploads are not in it. */
  bytes: number;
  deleteMarkers: number;
  /** Uploads begun and neither completed nor aborted. */
  uploads: number;
}

/** How many objects, of how many bytes, have each value of an attribute. */
export type AttributeStat = ReadonlyMap<string, { objects: number; bytes: number }>;

export type ObjectType = 'Normal' | 'Multipart' | 'Appendable' | 'Symlink';

/** Of what is written while its bucket does not keep versions. There is at most one of a key. */
export const NULL_VERSION = 'null';

/** An object, or with `versionId` that version of it. */
export interface ObjectName {
  bucket: string;
  key: string;
  versionId?: string;
}

export interface ObjectInfo {
  bucket: string;
  key: string;
  /** 32 upper-case hex digits; {@link NULL_VERSION} where versions are not kept. */
  versionId: string;
  /** Bytes. */
  size: number;
  /** Without quotes; upper-case MD5 hex for Normal, `<hex>-<n>` for Multipart, opaque for Appendable (spec/oss.md §1.10). */
  etag: string;
  /** CRC-64/XZ of the whole object, unsigned decimal (spec/oss.md §1.10). */
  crc64: string;
  /** Milliseconds since the epoch. */
  lastModified: number;
  type: ObjectType;
  contentType: string;
  /** Lower-case names without the `x-oss-meta-` prefix. */
  userMetadata: Record<string, string>;
  /** Cache-Control, Content-Disposition, Content-Encoding, Content-Language, Expires; lower-case names. */
  headers: Record<string, string>;
  /**
   * What the dialect above keeps beside the object and shows in its own way (ACL, tags): names are its own. With
   * `symlink`, the key that the object stands for, the object is of the type Symlink.
   */
  attributes: Record<string, string>;
}

export interface PutOptions {
  contentType?: string;
  userMetadata?: Record<string, string>;
  headers?: Record<string, string>;
  attributes?: Record<string, string>;
  /** Fail with FileAlreadyExists when the key exists (x-oss-forbid-overwrite). Without effect in a bucket with versions. */
  createOnly?: boolean;
  /** Base64 MD5 that the body must have, else InvalidDigest and nothing is stored. */
  contentMd5?: string;
  /** Bytes that the body must have, else IncompleteBody and nothing is stored. */
  contentLength?: number;
}

/** What an append says of the object that it makes, and of one that is there. */
export interface AppendOptions extends PutOptions {
  /** Changes to the attributes of an object that is there (undefined: takes one away); all else of it stays. */
  changes?: Readonly<Record<string, string | undefined>>;
}

/** Which version a change is about, and on what condition. */
export interface ChangeOptions {
  /** Absent: what the key stands for. */
  versionId?: string;
  /**
   * Fail with PreconditionFailed when it is not as it was then: another version, ETag, date or attributes; for a version
   * out of a listing also when it is not any more, or not as long as it was, what its key does not stand for.
   */
  ifStill?: ObjectInfo | VersionInfo;
}

/** What a deletion did. */
export interface Deletion {
  /** The version that is gone, or that of the new delete marker; absent in a bucket without versions. */
  versionId?: string;
  /** Whether that version is, or was, a delete marker. */
  isMarker: boolean;
}

export interface CopyOptions extends PutOptions {
  /** `replace` takes metadata from the options instead of the source. Attributes that are given replace the source's anyway. */
  metadata?: 'copy' | 'replace';
}

/** Inclusive byte positions, already clamped to the object. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface ObjectBody {
  info: ObjectInfo;
  /** Bytes of `range`, or all. Must be consumed or destroyed. */
  body: import('node:stream').Readable;
}

/** An object's bytes in files of this host, in order. */
export interface LocalFiles {
  info: ObjectInfo;
  /** Byte `start` of the file at `path`, and the `bytes - 1` behind it. */
  pieces: { path: string; start: number; bytes: number }[];
}

/** An object's bytes at URLs, in order. */
export interface DirectPieces {
  info: ObjectInfo;
  /** Byte `start` of what is at `url`, and the `bytes - 1` behind it. */
  pieces: { url: string; start: number; bytes: number }[];
}

export interface ListOptions {
  prefix?: string;
  delimiter?: string;
  /** Keys after this one (byte order), exclusive. A common prefix may be given, too. */
  after?: string;
  /** 1 to 1,000; default 1,000. */
  limit?: number;
}

export interface ListPage {
  objects: ObjectInfo[];
  commonPrefixes: string[];
  /** What to pass as `after` for the next page; absent on the last. */
  next?: string;
}

/** A version of a key, or a delete marker. */
export interface VersionInfo {
  bucket: string;
  key: string;
  versionId: string;
  /** Milliseconds since the epoch, as is the other date. */
  lastModified: number;
  /** Whether it is what the key stands for: as a delete marker, for nothing. */
  isLatest: boolean;
  /** When another version took its place; absent for the latest. */
  noncurrentSince?: number;
  /** Absent: a delete marker. */
  object?: ObjectInfo;
}

export interface ListVersionsOptions {
  prefix?: string;
  delimiter?: string;
  /**
   * Keys after this one, exclusive; with `versionId` also the versions of this key that are older than that one (which
   * may be gone meanwhile). A common prefix may be given, too.
   */
  after?: { key: string; versionId?: string };
  /** 1 to 1,000; default 1,000. */
  limit?: number;
}

export interface VersionPage {
  /** By key in byte order, of each key the newest first. */
  versions: VersionInfo[];
  commonPrefixes: string[];
  /** What to pass as `after` for the next page; absent on the last. */
  next?: { key: string; versionId?: string };
}

export interface AppendResult {
  info: ObjectInfo;
  nextPosition: number;
}

export interface UploadInfo {
  bucket: string;
  key: string;
  uploadId: string;
  initiated: number;
  /** Those that the object will have. */
  attributes: Record<string, string>;
}

export interface PartInfo {
  partNumber: number;
  size: number;
  etag: string;
  crc64: string;
  lastModified: number;
}

/** What the end of an upload says besides its beginning. */
export interface CompleteOptions {
  createOnly?: boolean;
  /** Changes to the attributes that it began with (undefined: takes one away). */
  attributes?: Readonly<Record<string, string | undefined>>;
}

export interface CompletedPart {
  partNumber: number;
  etag: string;
}

export type ObjectChange =
  | { kind: 'put' | 'append'; info: ObjectInfo }
  | { kind: 'delete'; bucket: string; key: string };

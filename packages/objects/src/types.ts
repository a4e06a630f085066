export interface BucketInfo {
  name: string;
  /** Account number of the owner, decimal. */
  owner: string;
  /** Milliseconds since the epoch. */
  created: number;
  acl: string;
}

/** What is in a bucket. */
export interface BucketStat {
  objects: number;
  /** Bytes of all objects; open uploads are not in it. */
  bytes: number;
  /** Uploads begun and neither completed nor aborted. */
  uploads: number;
}

export type ObjectType = 'Normal' | 'Multipart' | 'Appendable' | 'Symlink';

export interface ObjectInfo {
  bucket: string;
  key: string;
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
  /** Fail with FileAlreadyExists when the key exists (x-oss-forbid-overwrite). */
  createOnly?: boolean;
  /** Base64 MD5 that the body must have, else InvalidDigest and nothing is stored. */
  contentMd5?: string;
  /** Bytes that the body must have, else IncompleteBody and nothing is stored. */
  contentLength?: number;
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

export interface AppendResult {
  info: ObjectInfo;
  nextPosition: number;
}

export interface UploadInfo {
  bucket: string;
  key: string;
  uploadId: string;
  initiated: number;
}

export interface PartInfo {
  partNumber: number;
  size: number;
  etag: string;
  crc64: string;
  lastModified: number;
}

export interface CompletedPart {
  partNumber: number;
  etag: string;
}

export type ObjectChange =
  | { kind: 'put' | 'append'; info: ObjectInfo }
  | { kind: 'delete'; bucket: string; key: string };

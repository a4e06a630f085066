import type { Readable } from 'node:stream';

/** What a HEAD or GET tells about an object. */
export interface RemoteObject {
  /** Bytes of the whole object. */
  size: number;
  /** Without quotes. */
  etag: string;
  /** Unsigned decimal; "" when the server does not tell. */
  crc64: string;
  /** Milliseconds since the epoch. */
  lastModified: number;
  contentType: string;
  /** Lower-case names without the `x-oss-meta-` prefix. */
  userMetadata: Readonly<Record<string, string>>;
  /** "" in a bucket that never kept versions. */
  versionId: string;
}

/** How an object is read. */
export interface ReadOptions {
  /** The version that is meant; absent: the object as it is now. */
  versionId?: string;
  signal?: AbortSignal;
}

/** What an address allows that works without a key. */
export interface SignedAccess {
  /** Absent: GET. */
  method?: 'GET' | 'PUT';
  versionId?: string | undefined;
  /** What is made of the object on its way: `image/resize,w_200`. */
  process?: string | undefined;
}

export interface RemoteBody extends RemoteObject {
  /** The bytes asked for. Must be consumed or destroyed. Fails with ChecksumError when a whole object arrives damaged. */
  body: Readable;
}

export type ListEntry =
  | { kind: 'object'; key: string; size: number; etag: string; lastModified: number }
  /** With a delimiter: a "folder", its name ending in the delimiter. */
  | { kind: 'prefix'; key: string };

/** An entry of a listing of versions (docs/object-store.md, Versions). */
export type VersionEntry =
  | {
      kind: 'version';
      key: string;
      size: number;
      etag: string;
      lastModified: number;
      versionId: string;
      isLatest: boolean;
    }
  /** Made by a deletion: while it is the latest, the object is not there. */
  | { kind: 'marker'; key: string; lastModified: number; versionId: string; isLatest: boolean }
  | { kind: 'prefix'; key: string };

/** What a bucket does with what is overwritten or deleted; `undefined`: it never kept any of it. */
export type Versioning = 'Enabled' | 'Suspended' | undefined;

/** An object, or one version of it, that is to be deleted. */
export interface Doomed {
  key: string;
  versionId?: string;
}

export interface RemoteBucket {
  name: string;
  /** Milliseconds since the epoch. */
  created: number;
}

/** First and last byte wanted, inclusive; `end` absent: to the end. */
export interface WantedRange {
  start: number;
  end?: number;
}

/** Called with the number of bytes that just went through. */
export type OnBytes = (bytes: number) => void;

import type { ByteRange } from '../types.ts';

/**
 * Where the bytes of contents are, named by content id: files (`BlobFiles`) or objects of an S3 bucket (`S3Blobs`).
 * A blob never changes once a row points to it, except that files of appendable objects get longer.
 */
export interface Blobs {
  /** Ids given out from now on are greater than `id`. */
  startAfter(id: number): void;
  /** An id that no content has had since the store was opened. */
  nextId(): number;
  /** Begins a new blob, empty. */
  begin(id: number): Promise<BlobWriter>;
  /** The bytes of `range`, in order. @throws Error when the blob has fewer. */
  read(id: number, range: ByteRange): AsyncIterable<Uint8Array>;
  /** A URL at which anybody gets the blob for `seconds`, with these response headers. */
  directUrl?(id: number, seconds: number, headers: Record<string, string>): Promise<string>;
  /** The file of this host that is the blob. */
  path?(id: number): string;
  /** Keeps the blob from being removed until the returned function is called (once). */
  hold(id: number): () => void;
  /** Removes the blob, now or after its last reader. Failure leaves an orphan for the next sweep. */
  remove(id: number): void;
  /** The blobs whose content is not known: left by a crash, or not yet removed. */
  orphans(isKnown: (id: number) => boolean): AsyncIterable<Orphan>;
  /** Removes every blob whose content is not known; returns how many. */
  sweep(isKnown: (id: number) => boolean): Promise<number>;
  /** Waits for removals under way. Returns whether everything unwanted is gone. */
  settle(): Promise<boolean>;
}

/** A blob that nothing points to: what a crash left before its row was written. */
export interface Orphan {
  /** Path of the file, or bucket and name of the S3 object. */
  path: string;
  /** Bytes. */
  size: number;
}

/** Writes one blob from its first byte to its last. One call at a time. */
export interface BlobWriter {
  /** When it resolves the bytes have been taken over: the caller may change the chunks. */
  append(chunks: readonly Uint8Array[]): Promise<void>;
  /** Resolves when the blob survives a crash. Nothing may be called afterwards. */
  finish(): Promise<void>;
  /** Gives up; what was written goes. */
  discard(): Promise<void>;
}

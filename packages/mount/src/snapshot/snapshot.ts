import type { Charset } from '../names/charset.ts';

/** An object as it was when its prefix was listed. */
export interface SnapshotObject {
  key: string;
  /** Bytes. */
  size: number;
  etag: string;
  /** Milliseconds since the epoch. */
  lastModified: number;
}

/**
 * What a mount shows: a listing that was read once and never changes. All attempts that map the same, unchanged prefix
 * share one, and with it the kernel's cache of its files.
 */
export interface Snapshot {
  bucket: string;
  /** The mounted prefix; of a file, its whole key. */
  prefix: string;
  kind: 'folder' | 'file';
  /** Of the names that it shows; those of `objects` are text. */
  charset: Charset;
  /** When the listing was read, milliseconds since the epoch; folders show it as their time. */
  madeAt: number;
  objects: SnapshotObject[];
}

/** Name of what a mount shows, in its root. */
export const CONTENT_NAME = 'content';

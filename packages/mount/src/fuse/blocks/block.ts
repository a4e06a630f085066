import { createHash } from 'node:crypto';

/**
 * Objects are read in pieces of 4 MiB: large enough that asking costs nothing beside moving the bytes, small enough
 * that a look into a file's head does not wait (spec/oss.md §4.4).
 */
export const BLOCK_BYTES = 4 * 1024 * 1024;

/** An object's content at one moment. */
export interface Content {
  bucket: string;
  key: string;
  etag: string;
  /** Bytes. */
  size: number;
}

/** Bytes that block `index` of an object of `size` bytes has. */
export function blockLength(size: number, index: number): number {
  return Math.min(BLOCK_BYTES, size - index * BLOCK_BYTES);
}

/** A file name for a content: the same for everyone who maps the object, another once the object changes. */
export function contentName({ bucket, key, etag, size }: Content): string {
  return createHash('sha256')
    .update(JSON.stringify([bucket, key, etag, size]))
    .digest('hex')
    .slice(0, 40);
}

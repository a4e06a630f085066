import { writeU64 } from './u64.ts';

export const S_IFDIR = 0o040000;
export const S_IFREG = 0o100000;

/** What `stat` tells of a node. */
export interface Attr {
  ino: bigint;
  /** Bytes. */
  size: number;
  /** Milliseconds since the epoch; all three times are this one. */
  mtime: number;
  /** Type and permission bits. */
  mode: number;
  nlink: number;
}

export const ATTR_BYTES = 88;
const SECTOR = 512;
/** Programs read in pieces of this size; large ones save calls. */
const PREFERRED_READ = 128 * 1024;

/** Writes `struct fuse_attr` (88 bytes) at `at` of a zeroed buffer. Owner and group are root. */
export function writeAttr(out: Buffer, attr: Attr, at: number): void {
  const seconds = Math.floor(attr.mtime / 1000);
  const nanoseconds = Math.floor((attr.mtime - seconds * 1000) * 1e6);
  out.writeBigUInt64LE(attr.ino, at);
  writeU64(out, attr.size, at + 8);
  writeU64(out, Math.ceil(attr.size / SECTOR), at + 16);
  for (const offset of [24, 32, 40]) writeU64(out, seconds, at + offset);
  for (const offset of [48, 52, 56]) out.writeUInt32LE(nanoseconds, at + offset);
  out.writeUInt32LE(attr.mode, at + 60);
  out.writeUInt32LE(attr.nlink, at + 64);
  out.writeUInt32LE(PREFERRED_READ, at + 80);
}

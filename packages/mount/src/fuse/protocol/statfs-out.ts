import { writeU64 } from './u64.ts';

const BLOCK = 4096;
const LONGEST_NAME = 255;

/** `struct fuse_statfs_out` of a file system that is full, as nothing can be written to it. */
export function encodeStatfsOut(usedBytes: number, files: number): Buffer {
  const out = Buffer.alloc(80);
  writeU64(out, Math.ceil(usedBytes / BLOCK), 0);
  writeU64(out, files, 24);
  out.writeUInt32LE(BLOCK, 40);
  out.writeUInt32LE(LONGEST_NAME, 44);
  out.writeUInt32LE(BLOCK, 48);
  return out;
}

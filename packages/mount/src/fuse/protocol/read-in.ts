import { readU64 } from './u64.ts';

/** `struct fuse_read_in`: of READ, READDIR and READDIRPLUS. */
export interface ReadIn {
  offset: number;
  /** Bytes that the reply may have at most. */
  size: number;
}

export function decodeReadIn(body: Buffer): ReadIn {
  return { offset: readU64(body, 8), size: body.readUInt32LE(16) };
}

/** `struct fuse_init_in`: what the kernel offers. */
export interface InitIn {
  major: number;
  minor: number;
  /** Bytes. */
  maxReadahead: number;
  flags: number;
}

/** `struct fuse_init_out`: what of it is used. */
export interface InitOut {
  major: number;
  minor: number;
  maxReadahead: number;
  flags: number;
  /** Read-ahead requests that may be under way at once. */
  maxBackground: number;
  congestionThreshold: number;
  maxWrite: number;
  /** Pages of 4 KiB that one request may carry. */
  maxPages: number;
}

export const INIT_FLAG = {
  asyncRead: 1 << 0,
  doReaddirplus: 1 << 13,
  readdirplusAuto: 1 << 14,
  /** OPEN may be answered with ENOSYS once; then there are no more OPEN and RELEASE, and content stays cached. */
  noOpenSupport: 1 << 17,
  parallelDirops: 1 << 18,
  maxPages: 1 << 22,
  noOpendirSupport: 1 << 24,
} as const;

const INIT_OUT_BYTES = 64;

export function decodeInitIn(body: Buffer): InitIn {
  return {
    major: body.readUInt32LE(0),
    minor: body.readUInt32LE(4),
    maxReadahead: body.readUInt32LE(8),
    flags: body.readUInt32LE(12),
  };
}

export function encodeInitOut(init: InitOut): Buffer {
  const out = Buffer.alloc(INIT_OUT_BYTES);
  out.writeUInt32LE(init.major, 0);
  out.writeUInt32LE(init.minor, 4);
  out.writeUInt32LE(init.maxReadahead, 8);
  out.writeUInt32LE(init.flags, 12);
  out.writeUInt16LE(init.maxBackground, 16);
  out.writeUInt16LE(init.congestionThreshold, 18);
  out.writeUInt32LE(init.maxWrite, 20);
  out.writeUInt32LE(1, 24); // time granularity, ns
  out.writeUInt16LE(init.maxPages, 28);
  return out;
}

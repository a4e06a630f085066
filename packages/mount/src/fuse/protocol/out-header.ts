const OUT_HEADER_BYTES = 16;

/** `struct fuse_out_header`: in front of every reply. `errno` is 0 or a positive error number; then there is no body. */
export function encodeOutHeader(unique: bigint, errno: number, bodyBytes: number): Buffer {
  const header = Buffer.allocUnsafe(OUT_HEADER_BYTES);
  header.writeUInt32LE(OUT_HEADER_BYTES + bodyBytes, 0);
  header.writeInt32LE(errno === 0 ? 0 : -errno, 4);
  header.writeBigUInt64LE(unique, 8);
  return header;
}

const NOTIFY_RESEND = 7;

/**
 * FUSE_NOTIFY_RESEND (Linux 6.9 and later): asks the kernel for all requests again that somebody read and never
 * answered. Older kernels refuse it with EINVAL.
 */
export function encodeNotifyResend(): Buffer {
  const header = encodeOutHeader(0n, 0, 0);
  header.writeInt32LE(NOTIFY_RESEND, 4);
  return header;
}

/** `struct fuse_in_header`: in front of every request. */
export interface InHeader {
  /** Bytes of header and body. */
  length: number;
  opcode: number;
  /** Names the request; the reply carries it. Its highest bit says that the kernel sends it again. */
  unique: bigint;
  nodeId: bigint;
}

export const IN_HEADER_BYTES = 40;

export function decodeInHeader(buffer: Buffer): InHeader {
  return {
    length: buffer.readUInt32LE(0),
    opcode: buffer.readUInt32LE(4),
    unique: buffer.readBigUInt64LE(8),
    nodeId: buffer.readBigUInt64LE(16),
  };
}

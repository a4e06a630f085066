const HIGH = 2 ** 32;

/** A little-endian u64 as a number; exact below 2^53, which sizes and offsets are. */
export function readU64(buffer: Buffer, at: number): number {
  return buffer.readUInt32LE(at) + buffer.readUInt32LE(at + 4) * HIGH;
}

/** Writes a whole number below 2^53 as a little-endian u64. */
export function writeU64(buffer: Buffer, value: number, at: number): void {
  buffer.writeUInt32LE(value % HIGH, at);
  buffer.writeUInt32LE(Math.floor(value / HIGH), at + 4);
}

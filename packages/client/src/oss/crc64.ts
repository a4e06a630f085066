import { createReadStream } from 'node:fs';
import { createCRC64 } from 'hash-wasm';

/** A running CRC-64/XZ, the check sum of every OSS object (spec/oss.md §1.10). */
export interface Crc64 {
  update(bytes: Uint8Array): void;
  /** Unsigned decimal, as in the header x-oss-hash-crc64ecma. */
  decimal(): string;
}

export async function startCrc64(): Promise<Crc64> {
  const hash = await createCRC64();
  hash.init();
  return {
    update(bytes) {
      hash.update(bytes);
    },
    decimal: () => BigInt(`0x${hash.digest('hex')}`).toString(),
  };
}

/** CRC-64 of a whole file; reads it once. */
export async function crc64OfFile(path: string): Promise<string> {
  const crc = await startCrc64();
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) crc.update(chunk);
  return crc.decimal();
}

/** CRC-64 of bytes in memory. */
export async function crc64Of(bytes: Uint8Array): Promise<string> {
  const crc = await startCrc64();
  crc.update(bytes);
  return crc.decimal();
}

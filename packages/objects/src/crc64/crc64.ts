import { createCRC64 } from 'hash-wasm';

type Hasher = Awaited<ReturnType<typeof createCRC64>>;

/** Each hasher owns a WebAssembly memory, so they are kept for the next body instead of being made anew. */
const idle: Hasher[] = [];
const MOST_IDLE = 64;

/** An incremental CRC-64/XZ (spec/oss.md §1.10). Call `digest` or `release` once, at the end. */
export interface Crc64 {
  update(chunk: Uint8Array): void;
  digest(): bigint;
  release(): void;
}

/** Starts a CRC-64/XZ of no bytes. */
export async function startCrc64(): Promise<Crc64> {
  const hasher = idle.pop() ?? (await createCRC64());
  hasher.init();
  let held = true;
  const release = (): void => {
    if (held && idle.length < MOST_IDLE) {
      idle.push(hasher);
    }
    held = false;
  };
  return {
    update(chunk) {
      hasher.update(chunk);
    },
    digest() {
      const value = BigInt(`0x${hasher.digest('hex')}`);
      release();
      return value;
    },
    release,
  };
}

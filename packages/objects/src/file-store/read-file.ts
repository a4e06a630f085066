import { open } from 'node:fs/promises';
import type { ByteRange } from '../types.ts';

const READ_BYTES = 256 * 1024;

/** Bytes `start` to `end` (inclusive) of a file, in order. @throws Error when the file ends before. */
export async function* readFile(path: string, { start, end }: ByteRange): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    let position = start;
    while (position <= end) {
      const wanted = Math.min(READ_BYTES, end - position + 1);
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(wanted), 0, wanted, position);
      if (bytesRead === 0) {
        throw new Error(`${path} ends at byte ${position}; the metadata promises ${end + 1}`);
      }
      position += bytesRead;
      yield bytesRead === wanted ? buffer : buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

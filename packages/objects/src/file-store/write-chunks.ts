import type { FileHandle } from 'node:fs/promises';

/** Chunks per call; the kernel takes 1,024 at most (IOV_MAX). */
const MOST_CHUNKS = 512;

/** Writes all chunks one after the other from byte `position` of the file on. */
export async function writeChunks(
  handle: FileHandle,
  chunks: readonly Uint8Array[],
  position: number,
): Promise<void> {
  let rest = chunks.filter((chunk) => chunk.byteLength > 0);
  let at = position;
  while (rest.length > 0) {
    const { bytesWritten } = await handle.writev(rest.slice(0, MOST_CHUNKS), at);
    at += bytesWritten;
    rest = withoutFirst(rest, bytesWritten);
  }
}

function withoutFirst(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let index = 0;
  let left = bytes;
  for (const chunk of chunks) {
    if (left < chunk.byteLength) {
      break;
    }
    left -= chunk.byteLength;
    index += 1;
  }
  const rest = chunks.slice(index);
  const [first] = rest;
  if (first !== undefined && left > 0) {
    rest[0] = first.subarray(left);
  }
  return rest;
}

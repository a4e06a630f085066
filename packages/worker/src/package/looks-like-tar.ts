import { constants, gunzipSync } from 'node:zlib';

const BLOCK = 512;
const CHECKSUM_START = 148;
const CHECKSUM_END = 156;

/** True when `start`, the first bytes of a file (a few KB will do), begin a gzip stream that holds a tar. */
export function looksLikeGzipTar(start: Uint8Array): boolean {
  if (start[0] !== 0x1f || start[1] !== 0x8b) return false;
  let block: Uint8Array;
  try {
    block = gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, BLOCK);
  } catch {
    return false;
  }
  return block.length === BLOCK && isTarHeader(block);
}

/** A tar header's checksum counts itself as blanks; a tar of nothing begins with zeros. */
function isTarHeader(block: Uint8Array): boolean {
  if (block.every((byte) => byte === 0)) return true;
  const stored = Number.parseInt(
    Buffer.from(block.subarray(CHECKSUM_START, CHECKSUM_END)).toString('latin1'),
    8,
  );
  const sum = block.reduce(
    (total, byte, index) => total + (index >= CHECKSUM_START && index < CHECKSUM_END ? 0x20 : byte),
    0,
  );
  return stored === sum;
}

import { createHash } from 'node:crypto';

export interface PngInfo {
  width: number;
  height: number;
  /** Of the compressed pixels alone, so that pictures that differ only in their text chunks count as the same. */
  pixels: string;
}

/** Reads what a test wants to know of a PNG; throws when the bytes are none or end too early. */
export function readPng(bytes: Buffer): PngInfo {
  if (bytes.length < 33 || bytes.readUInt32BE(0) !== 0x89504e47) throw new Error('This is no PNG.');
  const hash = createHash('sha256');
  let ended = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString('latin1', at + 4, at + 8);
    if (kind === 'IDAT') hash.update(bytes.subarray(at + 8, at + 8 + length));
    ended = kind === 'IEND';
    at += 12 + length;
  }
  if (!ended) throw new Error('This PNG is cut off.');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), pixels: hash.digest('hex') };
}

/** Luminance table of the JPEG standard (annex K.1), which encoders scale by their quality; in zigzag order, its sum. */
const STANDARD_SUM = 3688;

/**
 * The quality, 1 to 100, that a JPEG was made with, by the usual scale: the sum of its first quantization table against
 * that of the standard's. Nothing when there is no table.
 */
export function jpegQuality(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 4 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const length = view.getUint16(at + 2);
    if (marker === 0xdb) {
      const sum = sumOfTable(view, at + 4);
      return sum === undefined ? undefined : qualityOf((100 * sum) / STANDARD_SUM);
    }
    if (marker === 0xda) {
      return undefined;
    }
    at += 2 + length;
  }
  return undefined;
}

function sumOfTable(view: DataView, start: number): number | undefined {
  const bytesEach = start < view.byteLength && view.getUint8(start) >> 4 === 1 ? 2 : 1;
  if (start + 1 + 64 * bytesEach > view.byteLength) {
    return undefined;
  }
  let sum = 0;
  for (let index = 0; index < 64; index += 1) {
    const at = start + 1 + index * bytesEach;
    sum += bytesEach === 2 ? view.getUint16(at) : view.getUint8(at);
  }
  return sum;
}

/** The inverse of what encoders do: 50 leaves the table as it is, 25 doubles it, 75 halves it. */
function qualityOf(percent: number): number {
  const quality = percent <= 100 ? (200 - percent) / 2 : 5000 / percent;
  return Math.min(100, Math.max(1, Math.round(quality)));
}

import type { ImageFormat } from '../image-action.ts';

/** What the first bytes say; `bmp` and `heic` are known, and not served. */
export type SourceFormat = ImageFormat | 'bmp' | 'heic';

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];
const AVIF_BRANDS = ['avif', 'avis'];

/**
 * The format of an image, by its first bytes and by nothing else: what is none of these (SVG, PDF …) never reaches the
 * library.
 */
export function imageFormat(bytes: Uint8Array): SourceFormat | undefined {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 64)).toString(
    'latin1',
  );
  if (latin1.startsWith('\xff\xd8\xff')) return 'jpg';
  if (latin1.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (latin1.startsWith('GIF87a') || latin1.startsWith('GIF89a')) return 'gif';
  if (latin1.startsWith('RIFF') && latin1.slice(8, 12) === 'WEBP') return 'webp';
  if (latin1.startsWith('II*\0') || latin1.startsWith('MM\0*')) return 'tiff';
  if (latin1.startsWith('BM')) return 'bmp';
  if (latin1.slice(4, 8) !== 'ftyp') return undefined;
  // The brands of a HEIF file: a major one, a version, and those that it goes with.
  const brands = [8, 16, 20, 24, 28, 32].map((start) => latin1.slice(start, start + 4));
  if (brands.some((brand) => AVIF_BRANDS.includes(brand))) return 'avif';
  return brands.some((brand) => HEIC_BRANDS.includes(brand)) ? 'heic' : undefined;
}

export const CONTENT_TYPES: Record<ImageFormat, string> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  tiff: 'image/tiff',
  avif: 'image/avif',
};

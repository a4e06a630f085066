import type { Metadata } from 'sharp';
import type { ImageFormat } from '../image-action.ts';
import { imageTooLarge, notServed, unsupportedFormat } from '../image-problems.ts';
import type { Size } from '../plan-resize.ts';
import { imageFormat } from './image-format.ts';
import type { SharpLibrary } from './load-sharp.ts';

/** A source that may be processed. */
export interface SourceImage extends Size {
  bytes: Buffer;
  format: ImageFormat;
  /** Frames of an animation, else pages. */
  frames: number;
  /** 1 to 8, of EXIF; 1: as it lies. */
  orientation: number;
  exif: Buffer | undefined;
}

/** The vendor's limits for sources: pixels of all frames, and of one side (with its number for each format). */
export const MAX_SOURCE_PIXELS = 250_000_000;
const MAX_SIDES: Partial<Record<ImageFormat, readonly [pixels: number, ec: string]>> = {
  jpg: [30_000, '0040-00000019'],
  tiff: [16_384, '0040-00000018'],
  avif: [10_000, '0040-00000014'],
};
const MAX_SIDE = [30_000, '0040-00000009'] as const;

/**
 * Reads what the head of an image says, and decodes nothing of it.
 * @throws ImageProblemError BadRequest, ImageTooLarge, NotImplemented; Error when the head is broken
 */
export async function inspectSource(sharp: SharpLibrary, bytes: Buffer): Promise<SourceImage> {
  const format = imageFormat(bytes);
  if (format === undefined) {
    throw unsupportedFormat();
  }
  if (format === 'bmp' || format === 'heic') {
    throw notServed(`Reading images of the format ${format}`);
  }
  const isAnimation = format === 'gif' || format === 'webp';
  const metadata = await sharp(bytes, { animated: isAnimation, limitInputPixels: false }).metadata();
  const { width, height } = { width: metadata.width, height: metadata.pageHeight ?? metadata.height };
  const frames = metadata.pages ?? 1;
  requireSize(format, { width, height }, isAnimation ? frames : 1);
  return {
    bytes,
    format,
    width,
    height,
    frames,
    orientation: orientationOf(metadata),
    exif: metadata.exif,
  };
}

function orientationOf({ orientation = 1 }: Metadata): number {
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

function requireSize(format: ImageFormat, { width, height }: Size, frames: number): void {
  const [maxSide, ec] = MAX_SIDES[format] ?? MAX_SIDE;
  if (Math.max(width, height) > maxSide) {
    throw imageTooLarge(`A side of the image has more than ${maxSide} pixels.`, ec);
  }
  if (width * height * frames > MAX_SOURCE_PIXELS) {
    throw imageTooLarge(`The image has more than ${MAX_SOURCE_PIXELS} pixels.`, '0040-00000012');
  }
}

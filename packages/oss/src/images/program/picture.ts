import type { Sharp } from 'sharp';
import { imageTooLarge } from '../image-problems.ts';
import type { Size } from '../plan-resize.ts';
import { MAX_SOURCE_PIXELS, type SourceImage } from './inspect-source.ts';
import type { SharpLibrary } from './load-sharp.ts';

/** A picture between two actions. */
export interface Picture extends Size {
  /** At most one operation is on it: the library would do several in an order of its own. */
  pipeline: Sharp;
  hasOperation: boolean;
  /** Nothing was done to it, so that it still has the source's EXIF. */
  isSource: boolean;
}

/** Pixels that may lie in memory between two actions: four times what a resized picture may have, 256 MiB. */
const MAX_WORKING_PIXELS = 67_108_864;

/** The source as it lies; with all its frames, or the first. */
export function openPicture(sharp: SharpLibrary, source: SourceImage, isAnimated: boolean): Picture {
  const pipeline = sharp(source.bytes, {
    animated: isAnimated,
    limitInputPixels: MAX_SOURCE_PIXELS,
    failOn: 'error',
  });
  return { pipeline, width: source.width, height: source.height, hasOperation: false, isSource: true };
}

/** The picture with one more operation on it; `size`: what it has then. */
export function touched(pipeline: Sharp, { width, height }: Size): Picture {
  return { pipeline, width, height, hasOperation: true, isSource: false };
}

/**
 * The same picture without an operation on it, so that the next one comes after all before it.
 * @throws ImageProblemError ImageTooLarge
 */
export async function settled(sharp: SharpLibrary, picture: Picture): Promise<Picture> {
  return picture.hasOperation ? pictureOf(sharp, await pixelsOf(picture)) : picture;
}

/** Four bytes for each pixel: red, green, blue, opacity. */
export interface Pixels extends Size {
  data: Buffer;
}

/** @throws ImageProblemError ImageTooLarge */
export async function pixelsOf({ pipeline, width, height }: Picture): Promise<Pixels> {
  if (width * height > MAX_WORKING_PIXELS) {
    throw imageTooLarge('The image has too many pixels for these actions.');
  }
  const { data, info } = await pipeline
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

export function pictureOf(sharp: SharpLibrary, { data, width, height }: Pixels): Picture {
  const pipeline = sharp(data, { raw: { width, height, channels: 4 } });
  return { pipeline, width, height, hasOperation: false, isSource: false };
}

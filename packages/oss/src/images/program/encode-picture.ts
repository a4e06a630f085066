import type { Sharp } from 'sharp';
import type { ImageAction, ImageFormat } from '../image-action.ts';
import { imageTooLarge } from '../image-problems.ts';
import type { SourceImage } from './inspect-source.ts';
import { jpegQuality } from './jpeg-quality.ts';
import type { Picture } from './picture.ts';

/** How a picture is written. */
export interface Encoding {
  format: ImageFormat;
  /** Percent; absent: the encoder's own. */
  quality?: number;
  isProgressive: boolean;
  /** EXIF orientation that goes along, 1 to 8; absent: none is needed. */
  orientation?: number;
}

/** The vendor's limit for AVIF images that are made. */
const MAX_AVIF_PIXELS = 4096 * 2304;

/** Of 0 to 9: more takes much longer, for a few percent of the bytes. */
const AVIF_EFFORT = 2;

/** What the actions and the source say together about the way in which the picture is written. */
export function encodingOf(source: SourceImage, actions: readonly ImageAction[]): Encoding {
  const asked = actions.findLast((action) => action.kind === 'format')?.format ?? source.format;
  // Only a GIF can be written as one, says the vendor.
  const format = asked === 'gif' ? source.format : asked;
  const isProgressive = actions.findLast((action) => action.kind === 'interlace')?.on ?? false;
  const quality = qualityOf(source, format, actions);
  const keptAsItLies = actions.some((action) => action.kind === 'auto-orient' && !action.on);
  return {
    format,
    isProgressive,
    ...(quality !== undefined && { quality }),
    ...(keptAsItLies && source.orientation !== 1 && { orientation: source.orientation }),
  };
}

/** Relative quality is that of a JPEG's own; elsewhere it says the same as absolute quality. */
function qualityOf(
  source: SourceImage,
  format: ImageFormat,
  actions: readonly ImageAction[],
): number | undefined {
  const asked = actions.findLast((action) => action.kind === 'quality');
  const own = source.format === 'jpg' ? jpegQuality(source.bytes) : undefined;
  if (format === 'webp') {
    return asked?.absolute ?? asked?.relative;
  }
  if (format !== 'jpg') {
    return undefined;
  }
  if (asked?.absolute !== undefined) {
    return Math.min(asked.absolute, own ?? 100);
  }
  if (asked?.relative !== undefined) {
    return own === undefined ? asked.relative : Math.max(1, Math.round((own * asked.relative) / 100));
  }
  return own;
}

/** @throws ImageProblemError ImageTooLarge; Error when the source turns out to be broken */
export async function encodePicture(picture: Picture, encoding: Encoding): Promise<Buffer> {
  const { format, orientation, isProgressive } = encoding;
  const quality = encoding.quality === undefined ? {} : { quality: encoding.quality };
  const pipeline =
    orientation === undefined ? picture.pipeline : picture.pipeline.withMetadata({ orientation });
  if (format === 'avif' && picture.width * picture.height > MAX_AVIF_PIXELS) {
    throw imageTooLarge('The image has too many pixels for AVIF.', '0040-00000014');
  }
  const encoders: Record<ImageFormat, () => Sharp> = {
    jpg: () => pipeline.flatten({ background: '#ffffff' }).jpeg({ ...quality, progressive: isProgressive }),
    png: () => pipeline.png(),
    webp: () => pipeline.webp(quality),
    gif: () => pipeline.gif(),
    tiff: () => pipeline.tiff({ compression: 'lzw' }),
    avif: () => pipeline.avif({ effort: AVIF_EFFORT }),
  };
  return encoders[format]().toBuffer();
}

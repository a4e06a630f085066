import type { Sharp } from 'sharp';
import type { ImageAction, ResizeAction } from '../image-action.ts';
import { rotationTooLarge } from '../image-problems.ts';
import { planCrop, planIndexCrop, type Region } from '../plan-crop.ts';
import { planResize, type Size } from '../plan-resize.ts';
import type { SharpLibrary } from './load-sharp.ts';
import { type Picture, pictureOf, pixelsOf, settled, touched } from './picture.ts';
import { roundedMask } from './rounded-mask.ts';

const TRANSPARENT = { r: 255, g: 255, b: 255, alpha: 0 };

/** The vendor's limit for the sides of a picture that is rotated. */
const MAX_ROTATED_SIDE = 4096;

/** What changes pixels, not how the picture is written. */
export type PixelAction = Exclude<
  ImageAction,
  { kind: 'format' | 'quality' | 'interlace' | 'info' | 'auto-orient' }
>;

type FilterAction = Extract<PixelAction, { kind: 'blur' | 'bright' | 'contrast' | 'sharpen' }>;
type RoundAction = Extract<PixelAction, { kind: 'circle' | 'rounded-corners' }>;

/**
 * The picture after the action.
 * @throws ImageProblemError BadRequest, ImageTooLarge
 */
export async function applyAction(
  sharp: SharpLibrary,
  before: Picture,
  action: PixelAction,
): Promise<Picture> {
  switch (action.kind) {
    case 'resize':
      return resize(sharp, before, action);
    case 'crop':
      return cut(sharp, before, planCrop(before, action));
    case 'indexcrop':
      return cut(sharp, before, planIndexCrop(before, action));
    case 'rotate':
      return rotate(sharp, before, action.degrees);
    case 'circle':
    case 'rounded-corners':
      return roundOff(sharp, before, action);
    case 'blur':
    case 'bright':
    case 'contrast':
    case 'sharpen':
      break;
  }
  const { pipeline } = await settled(sharp, before);
  return touched(filtered(pipeline, action), before);
}

async function resize(sharp: SharpLibrary, before: Picture, action: ResizeAction): Promise<Picture> {
  const plan = planResize(before, action);
  if (plan === undefined) {
    return before;
  }
  const { pipeline } = await settled(sharp, before);
  return touched(pipeline.resize({ ...plan, background: `#${action.color}`, position: 'centre' }), plan);
}

/** The vendor publishes the parameters of these, not the formulas: those are our own (docs/object-store.md). */
function filtered(pipeline: Sharp, action: FilterAction): Sharp {
  if (action.kind === 'blur') {
    // The weight at which the bell curve is cut off, so that the kernel has the radius that was asked for.
    const edge = Math.exp(-((action.radius + 0.5) ** 2) / (2 * action.sigma ** 2));
    return pipeline.blur({ sigma: action.sigma, minAmplitude: Math.min(1, Math.max(0.001, edge)) });
  }
  if (action.kind === 'sharpen') {
    return pipeline.sharpen({ sigma: 1, m1: action.value / 100, m2: action.value / 50 });
  }
  const factor = 1 + action.value / 100;
  return pipeline.linear(factor, action.kind === 'contrast' ? 128 * (1 - factor) : 0);
}

/** Without a region there is nothing to cut. */
async function cut(sharp: SharpLibrary, before: Picture, region: Region | undefined): Promise<Picture> {
  if (region === undefined) {
    return before;
  }
  const { pipeline } = await settled(sharp, before);
  return touched(pipeline.extract(region), region);
}

function middle({ width, height }: Size, side: number): Region {
  return {
    left: Math.floor((width - side) / 2),
    top: Math.floor((height - side) / 2),
    width: side,
    height: side,
  };
}

/** Clockwise. By other angles than right ones the picture grows, and what is new of it is transparent. */
async function rotate(sharp: SharpLibrary, before: Picture, degrees: number): Promise<Picture> {
  if (degrees % 360 === 0) {
    return before;
  }
  if (Math.max(before.width, before.height) > MAX_ROTATED_SIDE) {
    throw rotationTooLarge();
  }
  const { pipeline, width, height } = await settled(sharp, before);
  if (degrees % 90 === 0) {
    const isUpright = degrees % 180 === 0;
    const size = isUpright ? { width, height } : { width: height, height: width };
    return touched(pipeline.rotate(degrees), size);
  }
  // How large it is then, the library says.
  const turned = touched(pipeline.ensureAlpha().rotate(degrees, { background: TRANSPARENT }), before);
  return pictureOf(sharp, await pixelsOf(turned));
}

/** A circle is a square whose corners are rounded off by half of its side. */
async function roundOff(sharp: SharpLibrary, before: Picture, action: RoundAction): Promise<Picture> {
  const radius = Math.min(action.radius, Math.floor(Math.min(before.width, before.height) / 2));
  if (radius === 0) {
    return before;
  }
  const whole = action.kind === 'circle' ? await cut(sharp, before, middle(before, 2 * radius)) : before;
  const pixels = await pixelsOf(whole);
  const mask = roundedMask(pixels, radius);
  for (let pixel = 0; pixel < mask.length; pixel += 1) {
    const at = 4 * pixel + 3;
    pixels.data[at] = Math.round(((pixels.data[at] ?? 0) * (mask[pixel] ?? 0)) / 255);
  }
  return pictureOf(sharp, pixels);
}

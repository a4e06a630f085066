import type { ResizeAction, ResizeMode } from './image-action.ts';
import { imageTooLarge } from './image-problems.ts';

/** Pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The picture is drawn to fill a box of this size; how, `fit` says. */
export interface ResizePlan extends Size {
  /** `fill`: exactly; `cover`: in proportion, and what stands out is cut off; `contain`: in proportion, the rest filled. */
  fit: 'fill' | 'cover' | 'contain';
}

/** The vendor's limits for a resized picture. */
const MAX_SIDE = 16_384;
const MAX_PIXELS = 16_777_216;

const FITS: Record<ResizeMode, ResizePlan['fit']> = {
  lfit: 'fill',
  mfit: 'fill',
  fixed: 'fill',
  fill: 'cover',
  pad: 'contain',
};

/**
 * What a picture is resized to, or nothing when it stays as it is (what is limited does not grow).
 * @throws ImageProblemError ImageTooLarge
 */
export function planResize(source: Size, action: ResizeAction): ResizePlan | undefined {
  const target = targetSize(source, action);
  // Percents say in so many words that the picture is to grow.
  const mayGrow = !action.limited || isByPercent(action);
  if (!mayGrow && (target.width > source.width || target.height > source.height)) {
    return undefined;
  }
  if (Math.max(target.width, target.height) > MAX_SIDE || target.width * target.height > MAX_PIXELS) {
    throw imageTooLarge(
      `The resized image would have ${target.width} x ${target.height} pixels, more than is allowed.`,
      '0040-00000007',
    );
  }
  return { ...target, fit: FITS[action.mode] };
}

function targetSize(source: Size, action: ResizeAction): Size {
  if (isByPercent(action)) {
    return scaled(source, (action.percent ?? 100) / 100);
  }
  const { width, height } = box(source, action);
  if (action.mode === 'lfit' || action.mode === 'mfit') {
    const ratios = [width, height].flatMap((length, side) =>
      length === undefined ? [] : [length / (side === 0 ? source.width : source.height)],
    );
    return scaled(source, action.mode === 'lfit' ? Math.min(...ratios) : Math.max(...ratios));
  }
  // One side alone stands for both.
  return { width: width ?? height ?? source.width, height: height ?? width ?? source.height };
}

function isByPercent({ width, height, long, short, percent }: ResizeAction): boolean {
  return percent !== undefined && (width ?? height ?? long ?? short) === undefined;
}

/** The lengths that are given, by side. Longer and shorter are the source's sides. */
function box(source: Size, { width, height, long, short }: ResizeAction): Partial<Size> {
  const isPortrait = source.height > source.width;
  const sides =
    width !== undefined || height !== undefined
      ? { width, height }
      : { width: isPortrait ? short : long, height: isPortrait ? long : short };
  return {
    ...(sides.width !== undefined && { width: sides.width }),
    ...(sides.height !== undefined && { height: sides.height }),
  };
}

function scaled({ width, height }: Size, ratio: number): Size {
  return { width: whole(width * ratio), height: whole(height * ratio) };
}

function whole(length: number): number {
  return Math.max(1, Math.round(length));
}

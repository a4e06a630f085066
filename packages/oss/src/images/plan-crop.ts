import type { CropAction, Gravity, IndexCropAction } from './image-action.ts';
import { cropOutside } from './image-problems.ts';
import type { Size } from './plan-resize.ts';

/** A part of a picture, in pixels from its upper left corner. */
export interface Region extends Size {
  left: number;
  top: number;
}

/** Which share of the room that a crop leaves lies left of it and above it. */
const SHARES: Record<Gravity, readonly [left: number, top: number]> = {
  nw: [0, 0],
  north: [0.5, 0],
  ne: [1, 0],
  west: [0, 0.5],
  center: [0.5, 0.5],
  east: [1, 0.5],
  sw: [0, 1],
  south: [0.5, 1],
  se: [1, 1],
};

/**
 * The part that a crop takes: moved by `x` and `y` from where its gravity puts it, and no further than the picture goes.
 * @throws ImageProblemError BadRequest when it begins outside
 */
export function planCrop(source: Size, action: CropAction): Region {
  const width = Math.min(action.width === 0 ? source.width : action.width, source.width);
  const height = Math.min(action.height === 0 ? source.height : action.height, source.height);
  const [shareLeft, shareTop] = SHARES[action.gravity];
  const left = Math.floor((source.width - width) * shareLeft) + action.x;
  const top = Math.floor((source.height - height) * shareTop) + action.y;
  if (left >= source.width || top >= source.height) {
    throw cropOutside();
  }
  return {
    left,
    top,
    width: Math.min(width, source.width - left),
    height: Math.min(height, source.height - top),
  };
}

/** The piece that is asked for, the last one as long as is left; nothing when there are not as many. */
export function planIndexCrop(source: Size, { axis, length, index }: IndexCropAction): Region | undefined {
  const whole = { left: 0, top: 0, width: source.width, height: source.height };
  const start = length * index;
  const end = axis === 'x' ? source.width : source.height;
  if (start >= end) {
    return undefined;
  }
  const piece = Math.min(length, end - start);
  return axis === 'x' ? { ...whole, left: start, width: piece } : { ...whole, top: start, height: piece };
}

/** What an image can be made into here; OSS has `bmp` and `heic`, too. */
export type ImageFormat = 'jpg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif';

export type ResizeMode = 'lfit' | 'mfit' | 'fill' | 'pad' | 'fixed';

/** Where in a picture a crop begins, before `x` and `y`. */
export const GRAVITIES = ['nw', 'north', 'ne', 'west', 'center', 'east', 'sw', 'south', 'se'] as const;
export type Gravity = (typeof GRAVITIES)[number];

/** All lengths are pixels. */
export interface ResizeAction {
  kind: 'resize';
  mode: ResizeMode;
  width?: number;
  height?: number;
  /** Of the longer and the shorter side; count only when neither width nor height is given. */
  long?: number;
  short?: number;
  /** Percent of the picture's own size; counts only when nothing else is given. */
  percent?: number;
  /** A picture that would become larger stays as it is. */
  limited: boolean;
  /** What `pad` fills with: six hex digits. */
  color: string;
}

export interface CropAction {
  kind: 'crop';
  /** 0: as far as the picture goes. */
  width: number;
  height: number;
  x: number;
  y: number;
  gravity: Gravity;
}

export interface IndexCropAction {
  kind: 'indexcrop';
  axis: 'x' | 'y';
  /** Length of each piece along the axis. */
  length: number;
  /** Which piece, from 0 on. */
  index: number;
}

/** One step of `image/…`, with its parameters checked. */
export type ImageAction =
  | ResizeAction
  | CropAction
  | IndexCropAction
  | { kind: 'rotate'; degrees: number }
  | { kind: 'auto-orient'; on: boolean }
  | { kind: 'interlace'; on: boolean }
  | { kind: 'format'; format: ImageFormat }
  /** Percent: of the source's own quality, or, when `absolute` is given, at most that. */
  | { kind: 'quality'; relative?: number; absolute?: number }
  | { kind: 'blur'; radius: number; sigma: number }
  | { kind: 'bright' | 'contrast' | 'sharpen'; value: number }
  | { kind: 'circle' | 'rounded-corners'; radius: number }
  | { kind: 'info' };

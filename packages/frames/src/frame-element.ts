/**
 * One element of a frame list as it was written. `interval` is never 0 and is positive: the direction follows from start
 * and end.
 */
export interface FrameElement {
  /**
   * `every`: every interval-th frame (`x`); `between`: the frames that `every` leaves out (`y`); `interleave`: all frames,
   * the interval halved each pass (`~`); `halves`: all frames, ends first and then middles (`@`).
   */
  readonly kind: 'every' | 'between' | 'interleave' | 'halves';
  readonly start: number;
  readonly end: number;
  readonly interval: number;
}

/** How many frames an element names, by arithmetic: nothing is built. */
export function countFrames({ kind, start, end, interval }: FrameElement): number {
  const all = Math.abs(end - start) + 1;
  if (kind === 'interleave' || kind === 'halves') return all;
  const every = Math.ceil(all / interval);
  return kind === 'every' ? every : all - every;
}

import type { FrameList } from '@rebatch/frames';

/** Frames that follow one another, from the first to the last. */
export interface FrameRun {
  readonly first: number;
  readonly last: number;
}

/** Cuts frames into runs without gaps, the only lists that 3ds Max is safe with (spec/render.md §4); the order stays. */
export function frameRuns(frames: FrameList): FrameRun[] {
  const runs: { first: number; last: number }[] = [];
  for (const frame of frames) {
    const run = runs.at(-1);
    if (run !== undefined && frame === run.last + 1) run.last = frame;
    else runs.push({ first: frame, last: frame });
  }
  return runs;
}

export function framesOf({ first, last }: FrameRun): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

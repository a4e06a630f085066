import type { FrameList } from '@rebatch/frames';

/** Frames that follow one another at an even step, in the order in which they are rendered. */
export interface SteppedRun {
  readonly frames: readonly number[];
  readonly first: number;
  readonly last: number;
  /** Never 0; negative when the frames go down. */
  readonly step: number;
}

/** Cuts frames into runs that a range with a step describes, longest first come; the order stays. */
export function steppedRuns(frames: FrameList): SteppedRun[] {
  const runs: number[][] = [];
  for (const frame of frames) {
    const run = runs.at(-1);
    const [first, second] = run ?? [];
    const last = run?.at(-1);
    const fits =
      first !== undefined && last !== undefined && (second === undefined || frame - last === second - first);
    if (run !== undefined && fits) run.push(frame);
    else runs.push([frame]);
  }
  return runs.map((run) => {
    const [first = 0, second = first + 1] = run;
    return { frames: run, first, last: run.at(-1) ?? first, step: second - first };
  });
}

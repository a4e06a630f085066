import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { framesOf, frameRuns } from './frame-runs.ts';

test('a piece with gaps becomes several runs', () => {
  expect(frameRuns([1, 2, 3, 7, 9, 10])).toEqual([
    { first: 1, last: 3 },
    { first: 7, last: 7 },
    { first: 9, last: 10 },
  ]);
});

test('runs give back the frames in their order, and none could be longer', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: -50, max: 50 })), (frames) => {
      const runs = frameRuns(frames);
      expect(runs.flatMap(framesOf)).toEqual(frames);
      for (const [index, run] of runs.entries()) expect(runs[index + 1]?.first).not.toBe(run.last + 1);
    }),
  );
});

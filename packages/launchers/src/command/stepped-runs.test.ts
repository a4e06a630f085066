import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { steppedRuns } from './stepped-runs.ts';

test.each([
  [[1, 2, 3], ['1-3/1']],
  [[7], ['7-7/1']],
  [
    [1, 3, 5, 6, 7],
    ['1-5/2', '6-7/1'],
  ],
  [[9, 8, 7], ['9-7/-1']],
  [[], []],
])('%j is rendered as %j', (frames, runs) => {
  expect(steppedRuns(frames).map(({ first, last, step }) => `${first}-${last}/${step}`)).toEqual(runs);
});

test('runs give back the frames in their order, by first, last and step', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: -30, max: 30 })), (frames) => {
      const runs = steppedRuns(frames);
      const told = runs.flatMap(({ first, last, step }) =>
        Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step),
      );
      expect(told).toEqual(frames);
      expect(runs.flatMap((run) => run.frames)).toEqual(frames);
    }),
  );
});

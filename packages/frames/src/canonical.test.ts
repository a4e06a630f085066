import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, parseFrames } from './index.ts';
import { anyFrameText } from './testing/frame-texts.ts';
import { shortestByTryingAll } from './testing/shortest-by-trying-all.ts';

describe('the canonical form', () => {
  test.each([
    ['7', '7'],
    ['1,2,3', '1-3'],
    ['1..10', '1-10'],
    ['1:10:3', '1-10x3'],
    ['10-1x-2', '10-2x2'],
    ['-10 -8 -6 -4', '-10--4x2'],
    ['1-100x10,1-100', '1-91x10,1-100'],
    ['1,2,3,5,7,9', '1-3,5-9x2'],
    ['1-10~5', '1-10~5'],
    ['10-1~-5', '10-1~5'],
    ['1-10@', '1-10@'],
    ['1-12y3', '1-12y3'],
    ['20-1y4', '20-1y4'],
    ['1,5', '1,5'],
    ['2,3,5', '2-3,5'],
    ['9,10-20', '9-20'],
    ['9,30,10-20', '9,30,9-20'],
    ['1-100000~64', '1-100000~64'],
    ['1-100000@', '1-100000@'],
    ['1-100000y7', '1-100000y7'],
    ['1-1000x10,1-1000', '1-991x10,1-1000'],
  ])('of %s is %s', (text, shortest) => {
    expect(canonical(parseFrames(text))).toBe(shortest);
  });

  test('of no frame is empty', () => {
    expect(canonical([])).toBe('');
  });

  test('of a list with repeats keeps the first of each', () => {
    expect(canonical([3, 1, 3, 1, 8])).toBe('3,1,8');
  });

  test('reads back as the same frames in the same order', () => {
    fc.assert(
      fc.property(anyFrameText, (text) => {
        const frames = parseFrames(text);
        expect(parseFrames(canonical(frames))).toEqual(frames);
      }),
      { numRuns: 500 },
    );
  });

  test('reads back also for frames in no order at all', () => {
    const frame = fc.integer({ min: -2_147_483_647, max: 2_147_483_647 });
    fc.assert(
      fc.property(fc.uniqueArray(frame, { minLength: 1, maxLength: 600 }), (frames) => {
        expect(parseFrames(canonical(frames))).toEqual(frames);
      }),
    );
  });

  test('is its own canonical form', () => {
    fc.assert(
      fc.property(anyFrameText, (text) => {
        const once = canonical(parseFrames(text));
        expect(canonical(parseFrames(once))).toBe(once);
      }),
    );
  });

  test('is never longer than what somebody wrote with commas, ranges and steps', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 6, max: 13 }), { minLength: 1, maxLength: 5 }),
        (frames) => {
          const byHand = shortestByTryingAll(frames, 5, 14);
          expect(canonical(frames).length).toBeLessThanOrEqual(byHand.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of a million frames in a few elements is found', () => {
    const text = '1-1000000x10,1-1000000x2,1-1000000';
    const frames = parseFrames(text);
    expect(canonical(frames)).toBe('1-999991x10,1-999999x2,1-1000000');
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFrames, splitFrames } from './index.ts';
import { anyFrameText } from './testing/frame-texts.ts';

const pieces = (frames: readonly number[], count: number): (readonly number[])[] =>
  Array.from({ length: count }, (_, instance) => splitFrames(frames, count, instance));

describe('splitting over instances', () => {
  test('gives the first instances the odd frames', () => {
    expect(pieces([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 4)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8],
      [9, 10],
    ]);
  });

  test('leaves surplus instances empty-handed', () => {
    expect(pieces([1, 2], 4)).toEqual([[1], [2], [], []]);
  });

  test('puts the pieces in instance order back to the whole list, with sizes that differ by at most one', () => {
    fc.assert(
      fc.property(anyFrameText, fc.integer({ min: 1, max: 40 }), (text, count) => {
        const frames = parseFrames(text);
        const all = pieces(frames, count);
        const sizes = all.map((piece) => piece.length);
        expect(all.flat()).toEqual(frames);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
      }),
    );
  });

  test.each([
    [0, 0],
    [-1, 0],
    [1.5, 0],
    [2, 2],
    [2, -1],
    [2, Number.NaN],
  ])('refuses %d instances with number %d', (count, instance) => {
    expect(() => splitFrames([1, 2, 3], count, instance)).toThrow(RangeError);
  });
});

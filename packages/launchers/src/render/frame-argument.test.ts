import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameArguments } from './frame-argument.ts';

test.each([
  [[7], ['7']],
  [[1, 2, 3, 4], ['1..4']],
  [[1, 3, 5], ['1,3,5']],
  [[3, 2, 1], ['3,2,1']],
  [[1, 5, 2, 3, 4], ['1,5,2..4']],
  [[-2, -1, 0, 1], ['+-2..1']],
  [[], []],
])('%j is written as %j', (frames, texts) => {
  expect(frameArguments(frames)).toEqual(texts);
});

test('a long scattered list becomes several arguments that Linux takes, in order', () => {
  const frames = Array.from({ length: 50_000 }, (_, index) => index * 2);
  const texts = frameArguments(frames);
  expect(texts.length).toBeGreaterThan(1);
  expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(131_072);
  expect(texts.join(',').split(',').map(Number)).toEqual(frames);
});

test('names the same frames in the same order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: -30, max: 30 })), (frames) => {
      const read = frameArguments(frames).flatMap((text) =>
        text.split(',').flatMap((part) => {
          const [first = 0, last = first] = part
            .split('..')
            .map((number) => Number(number.replace('+-', '-')));
          return Array.from({ length: last - first + 1 }, (_, index) => first + index);
        }),
      );
      expect(read).toEqual(frames);
    }),
  );
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameSyntaxError, MAX_FRAMES, parseFrames } from './index.ts';
import { anyFrameText } from './testing/frame-texts.ts';

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const ascending = (text: string): number[] => parseFrames(text).toSorted((a, b) => a - b);

describe('a frame list', () => {
  test.each<[string, number[]]>([
    ['7', [7]],
    ['-3', [-3]],
    ['007', [7]],
    ['-0', [0]],
    ['1-10', range(1, 10)],
    ['1..10', range(1, 10)],
    ['1:10', range(1, 10)],
    ['1-10x4', [1, 5, 9]],
    ['1-10by4', [1, 5, 9]],
    ['1-10step4', [1, 5, 9]],
    ['1-10every4', [1, 5, 9]],
    ['1-10X4', [1, 5, 9]],
    ['1-10:4', [1, 5, 9]],
    ['1:10:4', [1, 5, 9]],
    ['1..10x4', [1, 5, 9]],
    ['1-10y3', [2, 3, 5, 6, 8, 9]],
    ['8-1y-2', [7, 5, 3, 1]],
    ['10-1', range(1, 10).toReversed()],
    ['10-1x2', [10, 8, 6, 4, 2]],
    ['10-1x-2', [10, 8, 6, 4, 2]],
    ['-10--2x2', [-10, -8, -6, -4, -2]],
    ['-1-1', [-1, 0, 1]],
    ['1--1', [1, 0, -1]],
    ['3,1,2', [3, 1, 2]],
    ['3 1 2', [3, 1, 2]],
    ['  3 ,\t1\n2 ', [3, 1, 2]],
    ['1,3,5-10', [1, 3, 5, 6, 7, 8, 9, 10]],
    ['1-20x10,1-5', [1, 11, 2, 3, 4, 5]],
    ['2,2,2', [2]],
    ['1-10~5', [1, 6, 2, 4, 8, 10, 3, 5, 7, 9]],
    ['10-1~-5', [10, 5, 9, 7, 3, 1, 8, 6, 4, 2]],
    ['1-3~100', [1, 2, 3]],
    ['1-10@', [1, 10, 5, 3, 7, 2, 4, 6, 8, 9]],
    ['10-20@', [10, 20, 15, 12, 17, 11, 13, 16, 18, 14, 19]],
    ['20-10@', [20, 10, 15, 18, 13, 19, 17, 14, 12, 16, 11]],
    ['5-5@', [5]],
  ])('%j means %j', (text, frames) => {
    expect(parseFrames(text)).toEqual(frames);
  });

  test('names no frame twice, whatever is written', () => {
    fc.assert(
      fc.property(anyFrameText, (text) => {
        const frames = parseFrames(text);
        expect(new Set(frames).size).toBe(frames.length);
      }),
    );
  });

  test('keeps every frame that a preview took at its first place', () => {
    fc.assert(
      fc.property(fc.array(anyFrameText, { minLength: 2, maxLength: 3 }), (parts) => {
        const mentioned = parts.flatMap((part) => [...parseFrames(part)]);
        expect(parseFrames(parts.join(','))).toEqual([...new Set(mentioned)]);
      }),
    );
  });

  test('holds all frames of the range when interleaved or halved', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        fc.nat(80),
        fc.integer({ min: 1, max: 99 }),
        (a, n, by) => {
          const all = range(a, a + n);
          expect(ascending(`${a}-${a + n}~${by}`)).toEqual(all);
          expect(ascending(`${a + n}-${a}@`)).toEqual(all);
          expect(ascending(`${a}-${a + n}x${by},${a}-${a + n}`)).toEqual(all);
        },
      ),
    );
  });
});

describe('a text that is not a frame list', () => {
  test.each<[string, number, string, string]>([
    ['', 1, 'the end of the list', 'a frame number'],
    ['   ', 4, 'the end of the list', 'a frame number'],
    ['1-', 3, 'the end of the list', 'the last frame of the range'],
    ['5-x', 3, "'x'", 'the last frame of the range'],
    ['frames', 1, "'frames'", 'a frame number'],
    ['1,,2', 3, "','", 'a frame number'],
    ['1,2,', 5, 'the end of the list', 'a frame number'],
    [',1', 1, "','", 'a frame number'],
    ['--1', 2, "'-'", 'a frame number'],
    ['1.5', 2, "'.'", "a range such as 1-10, ',' or the end"],
    ['1–5', 2, "'–'", "a range such as 1-10, ',' or the end"],
    ['1-10foo', 5, "'foo'", "a step such as x5, ',' or the end"],
    ['1-10x', 6, 'the end of the list', 'a step'],
    ['1-10x0', 6, '0', 'a step other than 0'],
    ['1-10x-2', 6, '-2', 'a positive step, as the range goes up,'],
    ['1-10~0', 6, '0', 'a step other than 0'],
    ['1-10x2x3', 7, "'x'", "',' or the end"],
    ['1-10@2', 6, "'2'", "',' or the end"],
    ['3,1-10y1', 3, "'1-10y1', which names no frame", 'a range with frames left over'],
    ['3,5-5y2', 3, "'5-5y2', which names no frame", 'a range with frames left over'],
    ['4294967296', 1, '4294967296', 'a number up to 2147483647'],
    ['1-99999999999', 3, '99999999999', 'a number up to 2147483647'],
    ['1 😀', 3, "'😀'", 'a frame number'],
  ])('%j is refused at column %i: found %s', (text, column, found, expected) => {
    const refused = refusal(text);
    expect(refused).toMatchObject({ text, column, found, expected });
    expect(refused.message).toBe(`column ${column}: found ${found}; ${expected} would fit`);
  });

  test('never makes the reader fail in another way', () => {
    const characters = fc.constantFrom(...Array.from('0123456789-.,: xy~@bystepvr\t'));
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 12 }), (text) => {
        expect(readOrRefused(text)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the limit of a million frames', () => {
  test('lets exactly a million through', () => {
    expect(parseFrames('1-1000000')).toHaveLength(MAX_FRAMES);
    expect(parseFrames('1-1500000y3')).toHaveLength(MAX_FRAMES);
    expect(parseFrames('1-1000000x1000,1-1000000')).toHaveLength(MAX_FRAMES);
  });

  test.each([
    ['1-2000000', 1, '2000000 frames'],
    ['-2147483647-2147483647', 1, '4294967295 frames'],
    ['1,1-2147483647~3', 3, '2147483647 frames'],
    ['1-1000000,-1', 11, 'more than 1000000 frames'],
    ['1-999999,2000000-2000009', 10, 'more than 1000000 frames'],
    [
      Array.from({ length: 1000 }, () => '1-1000000').join(),
      101,
      'more than 10000000 frames with repeats counted',
    ],
  ])('refuses %.30s', (text, column, found) => {
    expect(refusal(text)).toMatchObject({ column, found });
  });
});

function readOrRefused(text: string): boolean {
  try {
    return parseFrames(text).length > 0;
  } catch (error) {
    return error instanceof FrameSyntaxError;
  }
}

function refusal(text: string): FrameSyntaxError {
  try {
    parseFrames(text);
  } catch (error) {
    if (error instanceof FrameSyntaxError) return error;
    throw error;
  }
  throw new Error(`${text} was read`);
}

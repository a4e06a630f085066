import { describe, expect, test } from 'vitest';
import { formatNamed, type RenderFormat } from '../render-formats.ts';
import { expectedOutputs, movieStem } from './outputs.ts';

function format(name: string): RenderFormat {
  const known = formatNamed(name);
  if (known === undefined) throw new Error(name);
  return known;
}

test('a picture format promises a file a frame, in render order', () => {
  const outputs = expectedOutputs([3, 1], 'shot/##', format('JPEG'));
  expect(outputs).toEqual({
    kind: 'frames',
    fileOf: new Map([
      [3, 'shot/03.jpg'],
      [1, 'shot/01.jpg'],
    ]),
  });
});

/** Names as Blender 3.4.1 made them of the stem. */
describe('a movie', () => {
  test.each([
    ['m', 'm0001-0012'],
    ['k#', 'k1-12'],
    ['####.png', '0001-0012'],
    ['##.avi', '01-12'],
    ['c.avi', 'c0001-0012'],
    ['shot/', 'shot/0001-0012'],
    ['a#/b##c', 'a#/b01-12c'],
    ['shot.v2', 'shot.v20001-0012'],
  ])('of %s over 1-12 is %s.avi', (pattern, stem) => {
    const frames = Array.from({ length: 12 }, (_, index) => index + 1);
    expect(expectedOutputs(frames, pattern, format('AVIJPEG'))).toMatchObject({ stem, extensions: ['.avi'] });
  });

  test('may take every n-th frame', () => {
    expect(expectedOutputs([2, 4, 6], '####', format('FFMPEG'))).toMatchObject({
      first: 2,
      last: 6,
      step: 2,
    });
  });

  test.each([
    [[3, 1], 'its frames must ascend evenly'],
    [[1, 2, 4], 'its frames must ascend evenly'],
    [[-1, 0], 'cannot start at frame -1'],
  ])('cannot hold the frames %j', (frames, reason) => {
    expect(() => expectedOutputs(frames, '####', format('FFMPEG'))).toThrow(reason);
  });

  test('is not named by a lone ending', () => {
    expect(movieStem('shot/.mp4')).toBe('shot/.mp4');
  });
});

import { describe, expect, test } from 'vitest';
import { joinFrameNumbers } from './frame-argument.ts';

describe('numbers after -f', () => {
  test.each([
    ['-b s.blend -f 1 2 3', '-b s.blend -f 1,2,3'],
    ['-b s.blend -f 1', '-b s.blend -f 1'],
    ['-b s.blend --render-frame 1 5..7 9,10', '-b s.blend --render-frame 1,5..7,9,10'],
    ['-b s.blend -f 1 2 -o /x -f 3 4', '-b s.blend -f 1,2 -o /x -f 3,4'],
    ['-b s.blend -f 1 2 other.blend', '-b s.blend -f 1,2 other.blend'],
    ['-b s.blend -f +1 -5', '-b s.blend -f +1,-5'],
    ['-b s.blend -f 1 -- -f 1 2', '-b s.blend -f 1 -- -f 1 2'],
    ['-b s.blend -f', '-b s.blend -f'],
    ['-b s.blend -f x 2', '-b s.blend -f x 2'],
    ['-b s.blend -s 1 2', '-b s.blend -s 1 2'],
    ['-v', '-v'],
  ])('%s becomes %s', (line, joined) => {
    expect(joinFrameNumbers(line.split(' '))).toEqual(joined.split(' '));
  });

  test('leave empty words and blanks alone', () => {
    expect(joinFrameNumbers(['-b', '', 'a b', '-f', '1', '2', ''])).toEqual([
      '-b',
      '',
      'a b',
      '-f',
      '1,2',
      '',
    ]);
    expect(joinFrameNumbers([])).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { expectedPictures } from './expectations.ts';

const expected = (line: string) => expectedPictures(line.split(' '), '/here');
const files = (line: string): string[] => expected(line).pictures.map((names) => names[0] ?? '');

describe('a Blender command line promises', () => {
  test.each([
    ['-b s.blend -o /out/#### -F PNG -x 1 -f 1,3..4', ['/out/0001.png', '/out/0003.png', '/out/0004.png']],
    ['-b s.blend -o out/x# -F JPEG -f 2', ['/here/out/x2.jpg']],
    ['-b in/s.blend -o //out/ -F TGA -f 2', ['/here/in/out/0002.tga']],
    ['-b s.blend -o /out/# -F PNG -s 1 -e 5 -j 2 -a', ['/out/1.png', '/out/3.png', '/out/5.png']],
    ['-b s.blend -o /a/# -F PNG -f 1 -o /b/# -F BMP -f 1', ['/a/1.png', '/b/1.bmp']],
    ['-b s.blend -o /out/# -F PNG -E CYCLES -t 2 -f 1 -- -f 9', ['/out/1.png']],
    ['--background s.blend --render-output /out/# --render-format PNG --render-frame 1', ['/out/1.png']],
  ])('%s', (line, names) => {
    expect(files(line)).toEqual(names);
    expect(expected(line)).toMatchObject({ renders: true, unnamed: 0 });
  });

  test('either name when the scene decides about endings', () => {
    expect(expected('-b s.blend -o /out/# -F PNG -f 1').pictures).toEqual([['/out/1.png', '/out/1']]);
    expect(expected('-b s.blend -o /out/# -F PNG -x 0 -f 1').pictures).toEqual([['/out/1']]);
  });

  test.each([
    ['-b s.blend -f 1,2', 2],
    ['-b s.blend -o /out/# -f 1', 1],
    ['-b s.blend -o /out/# -F PNG -a', 1],
    ['-b s.blend -o /out/# -F PNG -f +5', 1],
    ['-b -o /out/# -F PNG s.blend -f 1', 1],
    ['-b s.blend -o /out/# -F PGN -f 1', 1],
  ])('pictures whose names only the scene knows: %s', (line, unnamed) => {
    expect(expected(line)).toMatchObject({ renders: true, unnamed, pictures: [] });
  });

  test.each(['-v', '-b s.blend --python x.py', '-a pictures/0001.png', '-b s.blend -- -f 1', '--help'])(
    'no picture: %s',
    (line) => {
      expect(expected(line).renders).toBe(false);
    },
  );

  test('no single picture when it makes a movie', () => {
    const line = '-b s.blend -o /out/# -F AVIJPEG -s 1 -e 3 -a';
    expect(expected(line)).toMatchObject({ renders: true, unnamed: 0, pictures: [] });
  });
});

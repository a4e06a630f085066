import { describe, expect, test } from 'vitest';
import { frameFileName } from './index.ts';

/** All rows were observed with Blender 3.4.1 (`blender -b scene.blend -o PATTERN -F FORMAT -f FRAME`). */
describe('the file name of a frame', () => {
  test.each([
    ['####.png', 7, '.png', '0007.png'],
    ['####.png', 7, '.jpg', '0007.jpg'],
    ['#.jpeg', 12345, '.jpg', '12345.jpeg'],
    ['s_##.tiff', 7, '.tif', 's_07.tiff'],
    ['t_##.PNG', 7, '.png', 't_07.PNG'],
    ['w_##.PNG', 7, '.jpg', 'w_07.jpg'],
    ['x_##.psd', 7, '.jpg', 'x_07.jpg'],
    ['u_##.txt', 7, '.png', 'u_07.txt.png'],
    ['v_##.mov', 7, '.png', 'v_07.mov.png'],
    ['shot.png', 7, '.png', 'shot.png0007.png'],
    ['shot_##.exr', 7, '.png', 'shot_07.png'],
    ['x#y##z', 1, '.png', 'x#y01z.png'],
    ['a#/b', 7, '.jpg', 'a#/b0007.jpg'],
    ['', 7, '.jpg', '0007.jpg'],
    ['out/', 7, '.jpg', 'out/0007.jpg'],
    ['test/test_###.png', 1, '.png', 'test/test_001.png'],
    ['####', -4, '.png', '-0004.png'],
    ['g#', -5, '.png', 'g-5.png'],
    ['g#', 0, '.png', 'g0.png'],
    ['noext##', 7, '', 'noext07'],
    ['kept##.png', 7, '', 'kept07.png'],
  ])('%j at %d as %s is %s', (pattern, frame, extension, name) => {
    expect(frameFileName(pattern, frame, extension)).toBe(name);
  });
});

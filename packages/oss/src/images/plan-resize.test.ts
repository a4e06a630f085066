import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ImageProblemError } from './image-problems.ts';
import { parseActions } from './parse-actions.ts';
import { planResize, type Size } from './plan-resize.ts';

function plan(source: Size, text: string): ReturnType<typeof planResize> {
  const [action] = parseActions(`resize,${text}`);
  if (action?.kind !== 'resize') throw new Error(`${text} is no resize action`);
  return planResize(source, action);
}

const landscape = { width: 200, height: 100 };
const portrait = { width: 100, height: 200 };

// The examples of the vendor's page about resizing.
test.each([
  ['w_150,h_80', 150, 75, 'fill'],
  ['m_mfit,w_150,h_80', 160, 80, 'fill'],
  ['m_fill,w_150,h_80', 150, 80, 'cover'],
  ['m_pad,w_150,h_80', 150, 80, 'contain'],
  ['m_fixed,w_150,h_80', 150, 80, 'fill'],
  ['h_50', 100, 50, 'fill'],
  ['m_fixed,h_100', 100, 100, 'fill'],
  ['l_100', 100, 50, 'fill'],
  ['s_50', 100, 50, 'fill'],
  ['l_100,s_20', 40, 20, 'fill'],
  ['w_50,l_10', 50, 25, 'fill'],
  ['p_50', 100, 50, 'fill'],
  ['p_150', 300, 150, 'fill'],
  ['w_400,limit_0', 400, 200, 'fill'],
])('200 x 100 pixels become by %s %i x %i', (text, width, height, fit) => {
  expect(plan(landscape, text)).toEqual({ width, height, fit });
});

test('the longer side is the longer one of the picture, however it lies', () => {
  expect(plan(portrait, 'l_100')).toMatchObject({ width: 50, height: 100 });
  expect(plan(portrait, 's_50')).toMatchObject({ width: 50, height: 100 });
});

test.each(['w_201', 'h_101', 'm_fixed,w_10,h_300', 'm_pad,w_300,h_300', 'l_500'])(
  'a picture that would grow by %s stays as it is',
  (text) => {
    expect(plan(landscape, text)).toBeUndefined();
  },
);

test.each(['w_16384,limit_0', 'm_fixed,w_4097,h_4097,limit_0', 'p_1000'])('%s would be too large', (text) => {
  expect(() => plan({ width: 5000, height: 5000 }, text)).toThrow(ImageProblemError);
});

test('what fits in proportion is never larger than its box, and touches it', () => {
  const side = fc.integer({ min: 1, max: 4000 });
  fc.assert(
    fc.property(side, side, side, side, (width, height, w, h) => {
      const found = plan({ width, height }, `w_${w},h_${h},limit_0`);
      expect(found?.width).toBeLessThanOrEqual(w);
      expect(found?.height).toBeLessThanOrEqual(h);
      expect(found?.width === w || found?.height === h).toBe(true);
    }),
  );
});

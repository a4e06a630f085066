import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CropAction, GRAVITIES } from './image-action.ts';
import { planCrop, planIndexCrop } from './plan-crop.ts';

const source = { width: 400, height: 267 };
const crop = (more: Partial<CropAction>): CropAction => ({
  kind: 'crop',
  width: 0,
  height: 0,
  x: 0,
  y: 0,
  gravity: 'nw',
  ...more,
});

// The examples of the vendor's page about cropping.
test.each([
  [
    { x: 100, y: 50 },
    { left: 100, top: 50, width: 300, height: 217 },
  ],
  [
    { x: 100, y: 50, width: 100, height: 100 },
    { left: 100, top: 50, width: 100, height: 100 },
  ],
  [
    { gravity: 'se', width: 200, height: 200 },
    { left: 200, top: 67, width: 200, height: 200 },
  ],
  [
    { gravity: 'se', width: 200, height: 200, x: 10, y: 10 },
    { left: 210, top: 77, width: 190, height: 190 },
  ],
  [
    { gravity: 'center', width: 100, height: 67 },
    { left: 150, top: 100, width: 100, height: 67 },
  ],
  [
    { width: 500, height: 500 },
    { left: 0, top: 0, width: 400, height: 267 },
  ],
] as const)('cropping %j takes %j', (more, region) => {
  expect(planCrop(source, crop(more))).toEqual(region);
});

test('what begins outside is refused in the words of the vendor', () => {
  expect(() => planCrop(source, crop({ x: 400 }))).toThrow("Advance cut's position is out of image.");
  expect(() => planCrop(source, crop({ gravity: 'south', height: 10, y: 10 }))).toThrow('out of image');
});

test('a crop that begins within the picture lies within it', () => {
  const side = fc.integer({ min: 1, max: 500 });
  const part = fc.integer({ min: 0, max: 500 });
  fc.assert(
    fc.property(side, side, part, part, fc.constantFrom(...GRAVITIES), (w, h, width, height, gravity) => {
      const region = planCrop({ width: w, height: h }, crop({ width, height, gravity }));
      expect(region.left).toBeGreaterThanOrEqual(0);
      expect(region.top).toBeGreaterThanOrEqual(0);
      expect(region.left + region.width).toBeLessThanOrEqual(w);
      expect(region.top + region.height).toBeLessThanOrEqual(h);
    }),
  );
});

const piece = (index: number): unknown =>
  planIndexCrop(source, { kind: 'indexcrop', axis: 'x', length: 150, index });

test('the pieces of an indexed crop are the whole picture', () => {
  expect([0, 1, 2, 3].map(piece)).toEqual([
    { left: 0, top: 0, width: 150, height: 267 },
    { left: 150, top: 0, width: 150, height: 267 },
    { left: 300, top: 0, width: 100, height: 267 },
    undefined,
  ]);
});

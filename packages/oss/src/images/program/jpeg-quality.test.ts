import * as fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { jpegQuality } from './jpeg-quality.ts';

test.each([10, 30, 50, 75, 80, 90, 95])('the quality %i of a JPEG is found out', async (quality) => {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#123456' } })
    .jpeg({ quality })
    .toBuffer();
  expect(Math.abs((jpegQuality(bytes) ?? 0) - quality)).toBeLessThanOrEqual(5);
});

test('any bytes are looked at without harm', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xdb, ...noise]);
      const quality = jpegQuality(bytes);
      expect(quality === undefined || (quality >= 1 && quality <= 100)).toBe(true);
    }),
  );
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readExif } from './read-exif.ts';

/** A folder of one tag, little or big endian, that names a next folder. */
function block(isLittle: boolean, tag: number, next: number): Uint8Array {
  const bytes = new Uint8Array(40);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, 8, isLittle);
  view.setUint16(8, 1, isLittle);
  view.setUint16(10, tag, isLittle);
  view.setUint16(12, 3, isLittle);
  view.setUint32(14, 1, isLittle);
  view.setUint16(18, 6, isLittle);
  view.setUint32(22, next, isLittle);
  return bytes;
}

test.each([true, false])('a field is read in either order of bytes (little: %s)', (isLittle) => {
  expect([...readExif(block(isLittle, 0x0112, 0))]).toEqual([['Orientation', '6']]);
});

test('folders that point in a circle come to an end', () => {
  expect([...readExif(block(true, 0x0112, 8))]).toEqual([['Orientation', '6']]);
});

test('any bytes are read without harm', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (noise, isLittle) => {
      const bytes = new Uint8Array([...block(isLittle, 0x8769, 26), ...noise]);
      expect(readExif(bytes)).toBeInstanceOf(Map);
      expect(readExif(noise)).toBeInstanceOf(Map);
    }),
  );
});

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { stretchesOf } from './content-pieces.ts';

it('The stretches of a content that lies in pieces are the bytes asked for, whatever the pieces', () => {
  const lying = fc.array(fc.record({ start: fc.nat(5), bytes: fc.nat(7) }), { maxLength: 6 });
  fc.assert(
    fc.property(lying, fc.nat(45), fc.nat(45), (pieces, offset, length) => {
      const whole = pieces.flatMap(({ start, bytes }, index) =>
        Array.from({ length: bytes }, (_, at) => `${index}:${start + at}`),
      );
      const found: string[] = [];
      for (const stretch of stretchesOf(pieces, offset, length)) {
        expect(stretch.at).toBe(found.length);
        expect(stretch.length).toBeGreaterThan(0);
        for (let at = 0; at < stretch.length; at += 1) found.push(`${stretch.index}:${stretch.from + at}`);
      }
      expect(found).toEqual(whole.slice(offset, offset + length));
    }),
  );
});

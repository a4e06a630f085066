import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRange } from './parse-range.ts';

const size = fc.nat(50);
const number = fc.nat(60);

test('what comes out always lies inside the object', () => {
  const header = fc.oneof(
    fc.tuple(number, number).map(([first, last]) => `bytes=${first}-${last}`),
    number.map((first) => `bytes=${first}-`),
    number.map((last) => `bytes=-${last}`),
    fc.string(),
  );
  fc.assert(
    fc.property(header, size, fc.boolean(), (range, bytes, standard) => {
      const parsed = parseRange(range, bytes, standard);
      const { start, end } = parsed === 'unusable' ? { start: 0, end: 0 } : parsed;
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(parsed === 'unusable' || end < bytes).toBe(true);
    }),
  );
});

test('both ways of reading agree wherever the range lies inside', () => {
  fc.assert(
    fc.property(number, number, size, (first, last, bytes) => {
      fc.pre(first <= last && last < bytes);
      const inside = { start: first, end: last };
      expect(parseRange(`bytes=${first}-${last}`, bytes, false)).toEqual(inside);
      expect(parseRange(`bytes=${first}-${last}`, bytes, true)).toEqual(inside);
    }),
  );
});

test.each(['bytes=0-', 'bytes=0-0', 'bytes=-1', 'bytes=-'])(
  'no range of an empty object is usable: %s',
  (range) => {
    expect([parseRange(range, 0, false), parseRange(range, 0, true)]).toEqual(['unusable', 'unusable']);
  },
);

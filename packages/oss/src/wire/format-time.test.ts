import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime } from './format-time.ts';

test('a time is written as the standard writes it, to the second, whichever was written before', () => {
  fc.assert(
    fc.property(fc.array(fc.date({ noInvalidDate: true, min: new Date(0) })), (dates) => {
      for (const date of dates) {
        expect(isoTime(date.getTime())).toBe(`${date.toISOString().slice(0, -5)}.000Z`);
      }
    }),
  );
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHttpDate } from './parse-http-date.ts';

describe('The date of a request', () => {
  it('is read to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        expect(parseHttpDate(new Date(seconds * 1000).toUTCString())).toBe(seconds * 1000);
      }),
    );
  });

  it('may have a day of one digit and GMT as +0000', () => {
    expect(parseHttpDate('Mon, 1 Jan 2024 00:00:00 +0000')).toBe(Date.UTC(2024, 0, 1));
  });

  it.each([
    '',
    'now',
    '2024-01-01T00:00:00Z',
    'Mon, 01 Foo 2024 00:00:00 GMT',
    'Mon, 01 Jan 2024 00:00:00 CET',
  ])('is not read from %j', (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });
});

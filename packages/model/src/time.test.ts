import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTime, parseTime } from './time.ts';

test('a time has six fractional digits and Z; an unset time is empty', () => {
  expect(formatTime(Date.UTC(2015, 11, 8, 9, 13, 55, 470))).toBe('2015-12-08T09:13:55.470000Z');
  expect(formatTime(undefined)).toBe('');
  expect(formatTime(0)).toBe('1970-01-01T00:00:00.000000Z');
});

test('every time that is written can be read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 0) }), (ms) => {
      expect(parseTime(formatTime(ms))).toBe(ms);
    }),
  );
});

test.each(['', 'now', '2015-12-08', '2015-12-08T09:13:55.470698', '2015-13-08T09:13:55.470698Z'])(
  '%j is no time',
  (text) => {
    expect(parseTime(text)).toBeUndefined();
  },
);

test('microseconds and bare seconds are read as well', () => {
  expect(parseTime('2015-12-08T09:13:55.470698Z')).toBe(Date.UTC(2015, 11, 8, 9, 13, 55, 470));
  expect(parseTime('2015-12-08T09:13:55Z')).toBe(Date.UTC(2015, 11, 8, 9, 13, 55));
});

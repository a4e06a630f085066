import { expect, test } from 'vitest';
import { fingerprint } from './fingerprint.ts';

test('requests that say the same have the same fingerprint, whatever the order of their keys', () => {
  expect(fingerprint({ a: 1, b: { c: [1, 2], d: '' } })).toBe(fingerprint({ b: { d: '', c: [1, 2] }, a: 1 }));
});

test.each([
  [{ a: 1 }, { a: 2 }],
  [{ a: [1, 2] }, { a: [2, 1] }],
  [{ a: { b: 1 } }, { a: 1 }],
  [JSON.parse('{"__proto__": 1}'), {}],
])('%j and %j differ', (one, other) => {
  expect(fingerprint(one)).not.toBe(fingerprint(other));
});

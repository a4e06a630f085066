import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { wildcardMatch } from './wildcard-match.ts';

test.each([
  ['*', '', true],
  ['a*c', 'abc', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['http://*.example.com', 'http://a.b.example.com', true],
  ['*.com*', 'x.com/y', true],
  ['a*b*c', 'acb', false],
  ['', 'a', false],
  ['.', 'a', false],
])('%j stands for %j: %j', (pattern, text, expected) => {
  expect(wildcardMatch(pattern, text)).toBe(expected);
});

test('it agrees with the regular expression that means the same', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.'), maxLength: 8 });
  fc.assert(
    fc.property(letters, letters, (pattern, text) => {
      const same = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(wildcardMatch(pattern, text)).toBe(new RegExp(`^${same}$`, 's').test(text));
    }),
  );
});

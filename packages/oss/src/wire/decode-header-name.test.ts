import { expect, test } from 'vitest';
import { decodeHeaderName } from './decode-header-name.ts';

test.each([
  ['a%20b', 'a b'],
  // The Go SDK v1 encodes as forms do; all other clients send a plus as %2B.
  ['a+b%2Bc', 'a b+c'],
  ['dir%2F%C3%A9', 'dir/é'],
])('the name %j in a header is %j', (encoded, name) => {
  expect(decodeHeaderName(encoded)).toBe(name);
});

test('a name that cannot be decoded is refused', () => {
  expect(() => decodeHeaderName('100%')).toThrow(expect.objectContaining({ code: 'InvalidURI' }));
});

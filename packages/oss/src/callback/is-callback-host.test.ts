import { expect, test } from 'vitest';
import { isCallbackHost } from './is-callback-host.ts';

test.each([
  ['hooks.example', 'http://hooks.example:8080/x', true],
  ['hooks.example', 'https://HOOKS.example/x', true],
  ['hooks.example', 'http://hooks.example.evil/x', false],
  ['hooks.example:80', 'http://hooks.example/x', true],
  ['hooks.example:80', 'http://hooks.example:81/x', false],
  ['*.example', 'http://a.b.example', true],
  ['10.0.0.*:8080', 'http://10.0.0.7:8080', true],
  ['10.0.0.*:8080', 'http://169.254.169.254:8080', false],
])('%s and %s: %s', (pattern, url, expected) => {
  expect(isCallbackHost([pattern])(new URL(url))).toBe(expected);
});

test('nothing may be called unless it was said', () => {
  expect(isCallbackHost([])(new URL('http://localhost'))).toBe(false);
});

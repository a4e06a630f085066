import { expect, test } from 'vitest';
import { parseEndpoint } from './parse-endpoint.ts';

test('takes a bare host and port for http', () => {
  expect(parseEndpoint('127.0.0.1:8700').origin).toBe('http://127.0.0.1:8700');
  expect(parseEndpoint('https://farm.example').origin).toBe('https://farm.example');
});

test.each(['ftp://x', 'http://x/path', 'http://user@x', 'http://x?a=1', '::'])('refuses %s', (text) => {
  expect(() => parseEndpoint(text)).toThrow(TypeError);
});

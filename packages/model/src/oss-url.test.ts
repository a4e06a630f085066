import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatOssUrl, ossUrlProblem, parseOssUrl } from './oss-url.ts';

test('bucket and object name are read as they stand', () => {
  expect(parseOssUrl('oss://demo/a b/ä%20?x#y/')).toEqual({ bucket: 'demo', key: 'a b/ä%20?x#y/' });
  expect(parseOssUrl('oss://demo')).toEqual({ bucket: 'demo', key: '' });
});

test('every URL that is written can be read', () => {
  const bucket = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,20}[a-z0-9]$/);
  const key = fc.string({ unit: 'grapheme', maxLength: 50 }).filter((it) => !/^[/\\]|\p{Cc}/u.test(it));
  fc.assert(
    fc.property(bucket, key, (name, object) => {
      const url = { bucket: name, key: object };
      expect(parseOssUrl(formatOssUrl(url))).toEqual(url);
    }),
  );
});

test.each([
  '',
  'demo/a',
  'http://demo/a',
  'oss:/demo/a',
  'oss://',
  'oss://ab/x',
  'oss://-abc/x',
  'oss://Demo/x',
  `oss://${'a'.repeat(64)}/x`,
  'oss://demo//x',
  'oss://demo/\\x',
  'oss://demo/a\nb',
  'oss://demo/a\0b',
  `oss://demo/${'ä'.repeat(512)}`,
])('%j is no OSS URL', (url) => {
  expect(ossUrlProblem(url)).toMatch(/^It.*\.$/);
  expect(() => parseOssUrl(url)).toThrow(RangeError);
});

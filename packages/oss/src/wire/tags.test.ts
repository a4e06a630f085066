import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readXml } from '../xml/read-xml.ts';
import { formatTags, MAX_OBJECT_TAGS, parseTags, readTagging, writeTagging } from './tags.ts';

const letters = (most: number, least = 0) =>
  fc.string({
    unit: fc.constantFrom('a', 'Z', '=', '&', '+', ' ', '<', '%', 'é', '😀'),
    minLength: least,
    maxLength: most,
  });
const someTags = fc.uniqueArray(fc.tuple(letters(20, 1), letters(40)), {
  maxLength: MAX_OBJECT_TAGS,
  selector: ([key]) => key,
});

test('tags come back from a header and from a document as they went in', () => {
  fc.assert(
    fc.property(someTags, (tags) => {
      expect(parseTags(formatTags(tags))).toEqual(tags);
      expect(readTagging(readXml(writeTagging(tags), 'Tagging'), MAX_OBJECT_TAGS)).toEqual(tags);
    }),
  );
});

test.each([
  ['an empty key', '=value'],
  ['a long key', `${'k'.repeat(129)}=v`],
  ['a long value', `k=${'v'.repeat(257)}`],
  ['a key twice', 'k=1&k=2'],
  ['eleven tags', Array.from({ length: 11 }, (_, index) => `k${index}=v`).join('&')],
  ['what is no UTF-8', 'k=%FF'],
])('%s is refused', (_, header) => {
  expect(() => parseTags(header)).toThrow('The tags are not valid');
});

test('an empty value and the longest key and value are fine', () => {
  expect(parseTags(`k=&empty&${'k'.repeat(128)}=${'v'.repeat(256)}`)).toHaveLength(3);
});

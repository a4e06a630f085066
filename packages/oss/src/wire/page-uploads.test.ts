import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageUploads } from './page-uploads.ts';

const upload = fc.record({
  bucket: fc.constant('bucket'),
  key: fc.constantFrom('a', 'a/b', 'a/c', 'a/c/d', 'b', 'é', '\u{1F600}', '\uFFFD'),
  uploadId: fc.stringMatching(/^[0-9A-F]{4}$/),
  initiated: fc.constant(0),
  attributes: fc.constant({}),
});
const sorted = fc
  .uniqueArray(upload, { selector: ({ key, uploadId }) => `${key} ${uploadId}`, maxLength: 20 })
  .map((uploads) =>
    uploads.toSorted(
      (a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) || (a.uploadId < b.uploadId ? -1 : 1),
    ),
  );

test('page by page, every upload or its folder is seen exactly once, in order', () => {
  fc.assert(
    fc.property(
      sorted,
      fc.constantFrom('', '/'),
      fc.integer({ min: 1, max: 5 }),
      (uploads, delimiter, limit) => {
        const seen: string[] = [];
        const folders: string[] = [];
        let [keyMarker, idMarker, truncated] = ['', '', true];
        while (truncated) {
          const page = pageUploads(uploads, { prefix: '', delimiter, keyMarker, idMarker, limit });
          expect(page.uploads.length + page.commonPrefixes.length).toBeLessThanOrEqual(limit);
          seen.push(...page.uploads.map(({ key, uploadId }) => `${key} ${uploadId}`));
          folders.push(...page.commonPrefixes);
          ({ nextKeyMarker: keyMarker, nextIdMarker: idMarker, truncated } = page);
        }
        const inFolder = (key: string) => delimiter !== '' && key.includes(delimiter);
        expect(seen).toEqual(
          uploads.filter(({ key }) => !inFolder(key)).map(({ key, uploadId }) => `${key} ${uploadId}`),
        );
        expect(folders).toEqual(uploads.some(({ key }) => inFolder(key)) ? ['a/'] : []);
      },
    ),
  );
});

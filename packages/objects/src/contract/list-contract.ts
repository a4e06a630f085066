import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ObjectStore } from '../object-store.ts';
import type { ListOptions } from '../types.ts';
import { bodyOf } from './bytes.ts';
import { type ListedNames, listModel } from './list-model.ts';
import type { GetStore } from './object-store-contract.ts';

async function putAll(store: ObjectStore, keys: readonly string[]): Promise<void> {
  await Promise.all(keys.map((key) => store.put('bucket', key, bodyOf(key))));
}

async function listNames(store: ObjectStore, options: ListOptions): Promise<ListedNames> {
  const { objects, commonPrefixes, next } = await store.list('bucket', options);
  return {
    keys: objects.map(({ key }) => key),
    commonPrefixes,
    ...(next !== undefined && { next }),
  };
}

export function listContract(getStore: GetStore): void {
  describe('listings', () => {
    test('keys come in the order of their bytes, not of their UTF-16 units', async () => {
      const keys = ['\u{1F600}', '\uFF5E', 'é', 'z', 'a', 'B', 'a/b', 'a0'];
      await putAll(getStore(), keys);
      expect((await listNames(getStore(), {})).keys).toEqual([
        'B',
        'a',
        'a/b',
        'a0',
        'z',
        'é',
        '\uFF5E',
        '\u{1F600}',
      ]);
    });

    test('folders appear once, as common prefixes', async () => {
      await putAll(getStore(), ['top.txt', 'a/1', 'a/2', 'a/deep/3', 'b/4', 'a/']);
      expect(await listNames(getStore(), { delimiter: '/' })).toEqual({
        keys: ['top.txt'],
        commonPrefixes: ['a/', 'b/'],
      });
      expect(await listNames(getStore(), { delimiter: '/', prefix: 'a/' })).toEqual({
        keys: ['a/', 'a/1', 'a/2'],
        commonPrefixes: ['a/deep/'],
      });
    });

    test('a page ends after `limit` entries and says where the next begins', async () => {
      await putAll(getStore(), ['a/1', 'a/2', 'b', 'c/1', 'd']);
      const first = await listNames(getStore(), { delimiter: '/', limit: 2 });
      expect(first).toEqual({ keys: ['b'], commonPrefixes: ['a/'], next: 'b' });
      const second = await listNames(getStore(), { delimiter: '/', limit: 2, after: 'b' });
      expect(second).toEqual({ keys: ['d'], commonPrefixes: ['c/'] });
    });

    test('listing after a common prefix goes on behind everything below it', async () => {
      await putAll(getStore(), ['a/1', 'a/2', 'b']);
      expect(await listNames(getStore(), { delimiter: '/', after: 'a/' })).toEqual({
        keys: ['b'],
        commonPrefixes: [],
      });
    });

    test.each([0, -1, 1001, 1.5, Number.NaN])('a limit of %d is refused', async (limit) => {
      await expect(getStore().list('bucket', { limit })).rejects.toMatchObject({ code: 'InvalidArgument' });
    });

    test('a prefix of 10 kB finds nothing and harms nothing', async () => {
      expect(await listNames(getStore(), { prefix: 'p'.repeat(10_000) })).toEqual({
        keys: [],
        commonPrefixes: [],
      });
    });

    test('any listing, page by page, is what a plain filter over sorted keys gives', async () => {
      const store = getStore();
      const part = fc.constantFrom('a', 'b', '/', '//', 'é', '\u{1F600}', '\uFFFD', 'ab', '0');
      const name = fc.array(part, { minLength: 0, maxLength: 5 }).map((parts) => parts.join(''));
      const key = name.filter((text) => text !== '' && !text.startsWith('/'));
      const options = fc.record({
        prefix: name,
        delimiter: fc.constantFrom('', '/', 'b', '//', 'é'),
        after: name,
        limit: fc.integer({ min: 1, max: 7 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(key, { maxLength: 25 }), options, async (keys, wanted) => {
          await putAll(store, keys);
          try {
            let page: ListedNames;
            let { after } = wanted;
            do {
              page = await listNames(store, { ...wanted, after });
              expect(page).toEqual(listModel(keys, { ...wanted, after }));
              after = page.next ?? '';
            } while (page.next !== undefined);
          } finally {
            await Promise.all(keys.map((gone) => store.delete('bucket', gone)));
          }
        }),
        { numRuns: 60 },
      );
    });
  });
}

import { describe, expect, test } from 'vitest';
import type { ListVersionsOptions } from '../types.ts';
import { bodyOf } from './bytes.ts';
import type { GetStore } from './object-store-contract.ts';

export function versionListContract(getStore: GetStore): void {
  const names = async (options: ListVersionsOptions) => {
    const page = await getStore().listVersions('bucket', options);
    return { ...page, versions: page.versions.map(({ key, object }) => `${key}${object?.size ?? '†'}`) };
  };
  const write = async (...keys: string[]) => {
    let size = 0;
    for (const key of keys) {
      size += 1;
      await getStore().put('bucket', key, bodyOf('x'.repeat(size)));
    }
  };

  describe('listings of versions', () => {
    test('go by key, then from new to old, and tell when each was replaced', async () => {
      const store = getStore();
      await store.setVersioning('bucket', 'Enabled');
      await write('b', 'a', 'b');
      await store.delete('bucket', 'a');
      expect(await names({})).toEqual({ versions: ['a†', 'a2', 'b3', 'b1'], commonPrefixes: [] });
      const { versions } = await store.listVersions('bucket');
      expect(versions.map(({ isLatest }) => isLatest)).toEqual([true, false, true, false]);
      expect(versions.map(({ noncurrentSince }) => noncurrentSince === undefined)).toEqual([
        true,
        false,
        true,
        false,
      ]);
      const [marker, hidden] = versions;
      expect(hidden?.noncurrentSince).toBe(marker?.lastModified);
    });

    test('show folders once, whatever they hold', async () => {
      const store = getStore();
      await store.setVersioning('bucket', 'Enabled');
      await write('dir/a', 'dir/a', 'dir/b', 'top');
      await store.delete('bucket', 'dir/b');
      expect(await names({ delimiter: '/' })).toEqual({ versions: ['top4'], commonPrefixes: ['dir/'] });
      expect(await names({ delimiter: '/', limit: 1 })).toEqual({
        versions: [],
        commonPrefixes: ['dir/'],
        next: { key: 'dir/' },
      });
      expect(await names({ delimiter: '/', after: { key: 'dir/' } })).toEqual({
        versions: ['top4'],
        commonPrefixes: [],
      });
      expect((await names({ prefix: 'dir/', delimiter: '/' })).versions).toEqual([
        'dir/a2',
        'dir/a1',
        'dir/b†',
        'dir/b3',
      ]);
    });

    test('page by page give what one page gives, also when the page has just been deleted', async () => {
      const store = getStore();
      await write('a');
      await store.setVersioning('bucket', 'Enabled');
      await write('a', 'a', 'a', 'b', 'b', 'c');
      await store.delete('bucket', 'b');
      const { versions: all } = await names({});
      for (const limit of [1, 2, 3, 7, 8]) {
        const seen: string[] = [];
        let options: ListVersionsOptions | undefined = { limit };
        while (options !== undefined) {
          const page: Awaited<ReturnType<typeof names>> = await names(options);
          seen.push(...page.versions);
          options = page.next === undefined ? undefined : { limit, after: page.next };
        }
        expect(seen).toEqual(all);
      }
      let count = 0;
      let options: ListVersionsOptions | undefined = { limit: 2 };
      while (options !== undefined) {
        const page = await store.listVersions('bucket', options);
        count += page.versions.length;
        await Promise.all(
          page.versions.map(({ key, versionId }) => store.delete('bucket', key, { versionId })),
        );
        options = page.next === undefined ? undefined : { limit: 2, after: page.next };
      }
      expect(count).toBe(all.length);
      await store.deleteBucket('bucket');
    });

    test('after a key alone go on with the next key', async () => {
      const store = getStore();
      await store.setVersioning('bucket', 'Enabled');
      await write('a', 'a', 'b');
      expect((await names({ after: { key: 'a' } })).versions).toEqual(['b3']);
      expect((await names({ prefix: 'b', after: { key: 'a', versionId: 'null' } })).versions).toEqual(['b3']);
    });

    test.each([0, 1001, Number.NaN])('a limit of %d is refused', async (limit) => {
      await expect(getStore().listVersions('bucket', { limit })).rejects.toMatchObject({
        code: 'InvalidArgument',
      });
    });
  });
}

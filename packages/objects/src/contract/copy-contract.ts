import { describe, expect, test } from 'vitest';
import { bodyOf, patternBytes, readAll } from './bytes.ts';
import type { GetStore } from './object-store-contract.ts';

const name = (key: string) => ({ bucket: 'bucket', key });

export function copyContract(getStore: GetStore): void {
  const read = async (key: string) => readAll((await getStore().get('bucket', key)).body);

  describe('copies', () => {
    test.each([5, 100_000])('a copy of %i bytes outlives its source', async (length) => {
      const store = getStore();
      const bytes = patternBytes(length);
      const source = await store.put('bucket', 'source', bodyOf(bytes), { contentType: 'a/b' });
      const copy = await store.copy(name('source'), name('copy'));
      expect(copy).toMatchObject({ etag: source.etag, crc64: source.crc64, contentType: 'a/b' });
      await store.delete('bucket', 'source');
      expect((await read('copy')).equals(bytes)).toBe(true);
      await store.copy(name('copy'), name('source'));
      await store.delete('bucket', 'copy');
      expect((await read('source')).equals(bytes)).toBe(true);
    });

    test('copying an object onto itself replaces its metadata and keeps its bytes', async () => {
      const store = getStore();
      const bytes = patternBytes(100_000);
      await store.put('bucket', 'key', bodyOf(bytes), { userMetadata: { old: '1' } });
      await store.copy(name('key'), name('key'), { metadata: 'replace', userMetadata: { fresh: '2' } });
      expect({ ...(await store.head('bucket', 'key')).userMetadata }).toEqual({ fresh: '2' });
      expect((await read('key')).equals(bytes)).toBe(true);
    });

    test('the copy of an appendable object is a Normal one that does not grow with it', async () => {
      const store = getStore();
      await store.append('bucket', 'log', 0, bodyOf('one'));
      const copy = await store.copy(name('log'), name('copy'));
      await store.append('bucket', 'log', 3, bodyOf('two'));
      expect(copy.type).toBe('Normal');
      expect((await read('copy')).toString()).toBe('one');
    });

    test('new metadata for an appendable object leaves it appendable', async () => {
      const store = getStore();
      await store.append('bucket', 'log', 0, bodyOf('one'));
      await store.copy(name('log'), name('log'), { metadata: 'replace', contentType: 'text/x-log' });
      await store.append('bucket', 'log', 3, bodyOf('two'));
      expect((await read('log')).toString()).toBe('onetwo');
      expect((await store.head('bucket', 'log')).contentType).toBe('text/x-log');
    });

    test('a copy may be told not to overwrite, and needs a source', async () => {
      const store = getStore();
      await store.put('bucket', 'a', bodyOf('a'));
      await store.put('bucket', 'b', bodyOf('b'));
      await expect(store.copy(name('a'), name('b'), { createOnly: true })).rejects.toMatchObject({
        code: 'FileAlreadyExists',
      });
      await expect(store.copy(name('missing'), name('b'))).rejects.toMatchObject({ code: 'NoSuchKey' });
      expect((await read('b')).toString()).toBe('b');
    });
  });
}

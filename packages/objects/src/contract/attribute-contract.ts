import { describe, expect, test } from 'vitest';
import { bodyOf } from './bytes.ts';
import type { GetStore } from './object-store-contract.ts';

const name = (key: string) => ({ bucket: 'bucket', key });

export function attributeContract(getStore: GetStore): void {
  const attributes = async (key: string) => ({ ...(await getStore().head('bucket', key)).attributes });

  describe('attributes', () => {
    test('are kept with an object however it came to be, and listed', async () => {
      const store = getStore();
      const options = { attributes: { acl: 'private', tags: 'a=b' } };
      await store.put('bucket', 'put', bodyOf('x'), options);
      await store.append('bucket', 'append', 0, bodyOf('x'), options);
      await store.append('bucket', 'append', 1, bodyOf('y'));
      const { uploadId } = await store.startUpload('bucket', 'upload', options);
      await store.putPart('bucket', 'upload', uploadId, 1, bodyOf('x'));
      await store.completeUpload('bucket', 'upload', uploadId, 'all');
      for (const key of ['put', 'append', 'upload']) {
        expect(await attributes(key)).toEqual(options.attributes);
      }
      const { objects } = await store.list('bucket');
      expect(objects.map((info) => ({ ...info.attributes }))).toEqual(Array(3).fill(options.attributes));
    });

    test('change alone: date, ETag and bytes stay', async () => {
      const store = getStore();
      const before = await store.put('bucket', 'key', bodyOf('x'), { attributes: { a: '1', b: '2' } });
      const after = await store.setAttributes('bucket', 'key', { a: undefined, c: '3', __proto__x: '4' });
      expect({ ...after.attributes }).toEqual({ b: '2', c: '3', __proto__x: '4' });
      expect(await store.head('bucket', 'key')).toEqual(after);
      expect({ ...after, attributes: before.attributes }).toEqual(before);
      await expect(store.setAttributes('bucket', 'missing', {})).rejects.toMatchObject({ code: 'NoSuchKey' });
    });

    test('go when the object is put anew, and go along with a copy unless others are given', async () => {
      const store = getStore();
      await store.put('bucket', 'key', bodyOf('x'), { attributes: { a: '1' } });
      await store.copy(name('key'), name('same'));
      await store.copy(name('key'), name('other'), { attributes: { b: '2' } });
      await store.copy(name('key'), name('none'), { metadata: 'replace' });
      await store.put('bucket', 'key', bodyOf('y'));
      expect(await attributes('key')).toEqual({});
      expect(await attributes('same')).toEqual({ a: '1' });
      expect(await attributes('other')).toEqual({ b: '2' });
      expect(await attributes('none')).toEqual({});
    });

    test('are counted by value, of all versions', async () => {
      const store = getStore();
      const write = (key: string, text: string, own: Record<string, string> = {}) =>
        store.put('bucket', key, bodyOf(text), { attributes: own });
      await write('a', '1', { other: 'IA', class: 'IA' });
      await write('b', '22', { class: '"Ü\\' });
      await write('c', '333', { other: 'x' });
      await write('d', '4444');
      await store.setVersioning('bucket', 'Enabled');
      await write('a', '55555', { class: 'IA' });
      await store.delete('bucket', 'a');
      expect(await store.statAttribute('bucket', 'class')).toEqual(
        new Map([
          ['"Ü\\', { objects: 1, bytes: 2 }],
          ['IA', { objects: 2, bytes: 6 }],
        ]),
      );
      expect(await store.statAttribute('bucket', 'missing')).toEqual(new Map());
      await expect(store.statAttribute('missing', 'class')).rejects.toMatchObject({ code: 'NoSuchBucket' });
    });

    test('symlink makes an object a symlink', async () => {
      const store = getStore();
      await store.put('bucket', 'link', bodyOf(), { attributes: { symlink: 'key' } });
      await store.copy(name('link'), name('copy'));
      expect((await store.head('bucket', 'link')).type).toBe('Symlink');
      expect((await store.head('bucket', 'copy')).type).toBe('Symlink');
    });
  });

  describe('documents of a bucket', () => {
    test('are kept by name, replaced, forgotten, and gone with the bucket', async () => {
      const store = getStore();
      await store.createBucket('pictures', '1001');
      expect(await store.getBucketConfig('pictures', 'cors')).toBeUndefined();
      await store.setBucketConfig('pictures', 'cors', '<a/>');
      await store.setBucketConfig('pictures', 'cors', '<b/>');
      await store.setBucketConfig('pictures', 'website', '<é/>');
      expect(await store.getBucketConfig('pictures', 'cors')).toBe('<b/>');
      expect(await store.getBucketConfig('bucket', 'cors')).toBeUndefined();
      await store.setBucketConfig('pictures', 'cors', undefined);
      expect(await store.getBucketConfig('pictures', 'cors')).toBeUndefined();
      expect(await store.getBucketConfig('pictures', 'website')).toBe('<é/>');
      await store.deleteBucket('pictures');
      await store.createBucket('pictures', '1001');
      expect(await store.getBucketConfig('pictures', 'website')).toBeUndefined();
    });

    test('need their bucket', async () => {
      const missing = { code: 'NoSuchBucket' };
      await expect(getStore().getBucketConfig('missing', 'cors')).rejects.toMatchObject(missing);
      await expect(getStore().setBucketConfig('missing', 'cors', '<a/>')).rejects.toMatchObject(missing);
    });
  });
}

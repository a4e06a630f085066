import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bodyOf, patternBytes, readAll } from './bytes.ts';
import type { GetStore } from './object-store-contract.ts';

const PART = 100 * 1024;

export function uploadContract(getStore: GetStore): void {
  const read = async (key: string) => readAll((await getStore().get('bucket', key)).body);
  const begin = async (key = 'key') => (await getStore().startUpload('bucket', key)).uploadId;
  const put = (uploadId: string, number: number, bytes: Uint8Array | string) =>
    getStore().putPart('bucket', 'key', uploadId, number, bodyOf(bytes));

  describe('uploads in parts', () => {
    test('parts put in any order and with gaps in their numbers become one object', async () => {
      const store = getStore();
      const bytes = patternBytes(2 * PART + 50_010);
      const { uploadId } = await store.startUpload('bucket', 'key', {
        contentType: 'video/mp4',
        userMetadata: { take: '3' },
      });
      expect(uploadId).toMatch(/^[0-9A-F]{32}$/);
      const third = await put(uploadId, 9000, bytes.subarray(2 * PART));
      const first = await put(uploadId, 2, bytes.subarray(0, PART));
      const second = await put(uploadId, 40, bytes.subarray(PART, 2 * PART));
      await expect(store.head('bucket', 'key')).rejects.toMatchObject({ code: 'NoSuchKey' });
      const info = await store.completeUpload('bucket', 'key', uploadId, [first, second, third]);
      const etags = first.etag + second.etag + third.etag;
      expect(info.etag).toBe(`${createHash('md5').update(etags).digest('hex').toUpperCase()}-3`);
      expect(info).toMatchObject({ type: 'Multipart', size: bytes.length, contentType: 'video/mp4' });
      expect((await read('key')).equals(bytes)).toBe(true);
      expect((await store.put('bucket', 'same', bodyOf(bytes))).crc64).toBe(info.crc64);
      const { body } = await store.get('bucket', 'key', { start: PART - 5, end: 2 * PART + 5 });
      expect((await readAll(body)).equals(bytes.subarray(PART - 5, 2 * PART + 6))).toBe(true);
    });

    test('a part put again takes the place of the first, and unlisted parts are dropped', async () => {
      const store = getStore();
      const uploadId = await begin();
      const stale = await put(uploadId, 1, patternBytes(PART, 1));
      const fresh = await put(uploadId, 1, patternBytes(PART, 2));
      await put(uploadId, 2, 'dropped');
      await expect(store.completeUpload('bucket', 'key', uploadId, [stale])).rejects.toMatchObject({
        code: 'InvalidPart',
      });
      await store.completeUpload('bucket', 'key', uploadId, [{ ...fresh, etag: fresh.etag.toLowerCase() }]);
      expect((await read('key')).equals(patternBytes(PART, 2))).toBe(true);
    });

    test('an upload can be completed with all its parts, whatever they are', async () => {
      const uploadId = await begin();
      await put(uploadId, 7, 'tail');
      await put(uploadId, 3, patternBytes(PART));
      const info = await getStore().completeUpload('bucket', 'key', uploadId, 'all');
      expect(info.size).toBe(PART + 4);
    });

    test('the last part may be empty, and the only one, but none before another', async () => {
      const store = getStore();
      let uploadId = await begin();
      await put(uploadId, 1, '');
      expect((await store.completeUpload('bucket', 'key', uploadId, 'all')).size).toBe(0);
      expect((await read('key')).byteLength).toBe(0);
      uploadId = await begin();
      await put(uploadId, 1, patternBytes(PART));
      await put(uploadId, 2, '');
      await put(uploadId, 3, '');
      const tooSmall = { code: 'EntityTooSmall' };
      await expect(store.completeUpload('bucket', 'key', uploadId, 'all')).rejects.toMatchObject(tooSmall);
      const parts = await store.listParts('bucket', 'key', uploadId);
      await store.completeUpload('bucket', 'key', uploadId, parts.slice(0, 2));
      expect((await read('key')).equals(patternBytes(PART))).toBe(true);
    });

    test('without any part it is an empty object', async () => {
      const info = await getStore().completeUpload('bucket', 'key', await begin(), []);
      expect(info).toMatchObject({ size: 0, crc64: '0', type: 'Multipart' });
      expect((await read('key')).byteLength).toBe(0);
      await getStore().copy({ bucket: 'bucket', key: 'key' }, { bucket: 'bucket', key: 'copy' });
      await getStore().delete('bucket', 'key');
      expect((await read('copy')).byteLength).toBe(0);
    });

    test('its end may change attributes that it began with', async () => {
      const store = getStore();
      const attributes = { acl: 'public-read', class: 'IA', tags: 'a' };
      const { uploadId } = await store.startUpload('bucket', 'key', { attributes });
      expect({ ...(await store.headUpload('bucket', 'key', uploadId)).attributes }).toEqual(attributes);
      await put(uploadId, 1, 'x');
      const change = { attributes: { acl: 'private', tags: undefined } };
      const info = await store.completeUpload('bucket', 'key', uploadId, 'all', change);
      expect({ ...info.attributes }).toEqual({ acl: 'private', class: 'IA' });
    });

    test('wrong lists of parts are refused and the upload goes on', async () => {
      const store = getStore();
      const uploadId = await begin();
      const small = await put(uploadId, 1, 'small');
      const large = await put(uploadId, 2, patternBytes(PART));
      const complete = (...parts: { partNumber: number; etag: string }[]) =>
        store.completeUpload('bucket', 'key', uploadId, parts);
      await expect(complete(small, large)).rejects.toMatchObject({ code: 'EntityTooSmall' });
      await expect(complete(large, small)).rejects.toMatchObject({ code: 'InvalidPartOrder' });
      await expect(complete(large, large)).rejects.toMatchObject({ code: 'InvalidPartOrder' });
      await expect(complete(large, { ...large, partNumber: 3 })).rejects.toMatchObject({
        code: 'InvalidPart',
      });
      await expect(complete()).rejects.toMatchObject({ code: 'InvalidPart' });
      await complete(large);
      expect((await store.head('bucket', 'key')).size).toBe(PART);
    });

    test('a completed or aborted upload is gone, and others of the key live on', async () => {
      const store = getStore();
      const gone = { code: 'NoSuchUpload' };
      const [done, aborted, open] = [await begin(), await begin(), await begin()];
      const part = await put(done, 1, 'x');
      await store.completeUpload('bucket', 'key', done, [part]);
      await put(aborted, 1, patternBytes(PART));
      await store.abortUpload('bucket', 'key', aborted);
      for (const uploadId of [done, aborted]) {
        await expect(put(uploadId, 1, 'x')).rejects.toMatchObject(gone);
        await expect(store.listParts('bucket', 'key', uploadId)).rejects.toMatchObject(gone);
        await expect(store.abortUpload('bucket', 'key', uploadId)).rejects.toMatchObject(gone);
        await expect(store.completeUpload('bucket', 'key', uploadId, 'all')).rejects.toMatchObject(gone);
      }
      await expect(store.listParts('bucket', 'other', open)).rejects.toMatchObject(gone);
      expect(await store.listParts('bucket', 'key', open)).toEqual([]);
    });

    test('parts and uploads can be listed', async () => {
      const store = getStore();
      const uploadId = await begin();
      const second = await put(uploadId, 2, 'b');
      const first = await put(uploadId, 1, 'a');
      expect(await store.listParts('bucket', 'key', uploadId)).toEqual([first, second]);
      await begin('zebra');
      await begin('apple/1');
      const keys = async (prefix?: string) =>
        (await store.listUploads('bucket', prefix)).map(({ key }) => key);
      expect(await keys()).toEqual(['apple/1', 'key', 'zebra']);
      expect(await keys('apple/')).toEqual(['apple/1']);
    });

    test.each([0, 10_001, 1.5, -1])('the part number %d is refused', async (number) => {
      await expect(put(await begin(), number, 'x')).rejects.toMatchObject({ code: 'InvalidArgument' });
    });

    test('a part that is not what was announced is not kept', async () => {
      const store = getStore();
      const uploadId = await begin();
      await expect(
        store.putPart('bucket', 'key', uploadId, 1, bodyOf('abc'), { contentLength: 4 }),
      ).rejects.toMatchObject({ code: 'IncompleteBody' });
      await expect(
        store.putPart('bucket', 'key', uploadId, 1, bodyOf('abc'), {
          contentMd5: 'AAAAAAAAAAAAAAAAAAAAAA==',
        }),
      ).rejects.toMatchObject({ code: 'InvalidDigest' });
      expect(await store.listParts('bucket', 'key', uploadId)).toEqual([]);
    });

    test('completing may be told not to overwrite', async () => {
      const store = getStore();
      const uploadId = await begin();
      const part = await put(uploadId, 1, 'x');
      await store.put('bucket', 'key', bodyOf('old'));
      await expect(
        store.completeUpload('bucket', 'key', uploadId, [part], { createOnly: true }),
      ).rejects.toMatchObject({ code: 'FileAlreadyExists' });
      expect((await read('key')).toString()).toBe('old');
    });

    test('copies of an object in parts share them until the last one goes', async () => {
      const store = getStore();
      const uploadId = await begin();
      const bytes = patternBytes(PART + 9);
      await put(uploadId, 1, bytes.subarray(0, PART));
      await put(uploadId, 2, bytes.subarray(PART));
      await store.completeUpload('bucket', 'key', uploadId, 'all');
      await store.copy({ bucket: 'bucket', key: 'key' }, { bucket: 'bucket', key: 'copy' });
      const { body } = await store.get('bucket', 'copy');
      await store.delete('bucket', 'key');
      expect((await read('copy')).equals(bytes)).toBe(true);
      await store.delete('bucket', 'copy');
      expect((await readAll(body)).equals(bytes)).toBe(true);
    });
  });
}

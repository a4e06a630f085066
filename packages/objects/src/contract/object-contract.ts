import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bodyOf, brokenBody, patternBytes, readAll } from './bytes.ts';
import type { GetStore } from './object-store-contract.ts';

const md5 = (bytes: Uint8Array, encoding: 'hex' | 'base64') =>
  createHash('md5').update(bytes).digest(encoding);

export function objectContract(getStore: GetStore): void {
  const read = async (key: string) => readAll((await getStore().get('bucket', key)).body);

  describe('objects', () => {
    test.each([0, 1, 9, 32_768, 32_769, 1_500_000])('%i bytes come back as they went in', async (length) => {
      const bytes = patternBytes(length);
      const info = await getStore().put('bucket', 'key', bodyOf(bytes.subarray(0, 10), bytes.subarray(10)));
      expect(info).toMatchObject({
        bucket: 'bucket',
        key: 'key',
        size: length,
        type: 'Normal',
        etag: md5(bytes, 'hex').toUpperCase(),
      });
      expect(await getStore().head('bucket', 'key')).toEqual(info);
      expect((await read('key')).equals(bytes)).toBe(true);
    });

    test('the checksum is CRC-64/XZ as an unsigned decimal', async () => {
      expect(await getStore().put('bucket', 'key', bodyOf('1234', '56789'))).toMatchObject({
        crc64: '11051210869376104954',
      });
      expect(await getStore().put('bucket', 'key', bodyOf())).toMatchObject({ crc64: '0' });
    });

    test('content type, headers and user metadata are kept, whatever their names', async () => {
      const userMetadata = Object.fromEntries([
        ['author', 'Ada é'],
        ['__proto__', 'x'],
      ]);
      await getStore().put('bucket', 'key', bodyOf('x'), {
        contentType: 'image/png',
        userMetadata,
        headers: { 'cache-control': 'no-store' },
      });
      const info = await getStore().head('bucket', 'key');
      expect(info.contentType).toBe('image/png');
      expect(Object.entries(info.userMetadata)).toEqual(Object.entries(userMetadata));
      expect({ ...info.headers }).toEqual({ 'cache-control': 'no-store' });
    });

    test.each([
      ['the first byte', 0, 0],
      ['the last byte', 99_999, 99_999],
      ['bytes in the middle', 40_000, 70_000],
      ['all bytes', 0, 99_999],
    ])('%s can be read alone', async (_what, start, end) => {
      const bytes = patternBytes(100_000);
      await getStore().put('bucket', 'key', bodyOf(bytes));
      const { body, info } = await getStore().get('bucket', 'key', { start, end });
      expect(info.size).toBe(100_000);
      expect((await readAll(body)).equals(bytes.subarray(start, end + 1))).toBe(true);
    });

    test('a range that is not inside the object is refused', async () => {
      await getStore().put('bucket', 'key', bodyOf('12345'));
      for (const range of [
        { start: 0, end: 5 },
        { start: 3, end: 2 },
        { start: -1, end: 2 },
        { start: 0.5, end: 2 },
      ]) {
        await expect(getStore().get('bucket', 'key', range)).rejects.toMatchObject({
          code: 'InvalidArgument',
        });
      }
    });

    test.each([100, 900_000])('a reader of %i bytes finishes although the object goes', async (length) => {
      const store = getStore();
      const bytes = patternBytes(length);
      await store.put('bucket', 'key', bodyOf(bytes));
      const first = await store.get('bucket', 'key');
      const second = await store.get('bucket', 'key');
      await store.put('bucket', 'key', bodyOf('something else'));
      await store.delete('bucket', 'key');
      expect((await readAll(first.body)).equals(bytes)).toBe(true);
      expect((await readAll(second.body)).equals(bytes)).toBe(true);
      await expect(store.get('bucket', 'key')).rejects.toMatchObject({ code: 'NoSuchKey' });
    });

    test.each([
      ['..', '../../etc/passwd'],
      ['NUL', 'a\0b'],
      ['double slashes', 'a//b'],
      ['odd Unicode', '\u{1F600}/\u202E\uFEFFé'],
      ['1,023 bytes', 'k'.repeat(1023)],
      ['a name of the language', '__proto__'],
    ])('a key with %s is a key like any other', async (_what, key) => {
      await getStore().put('bucket', key, bodyOf('x'));
      expect((await read(key)).toString()).toBe('x');
      expect((await getStore().list('bucket')).objects.map((object) => object.key)).toEqual([key]);
    });

    test.each([
      ['no byte', ''],
      ['1,024 bytes', 'k'.repeat(1024)],
      ['1,024 bytes in 512 letters', 'é'.repeat(512)],
      ['a slash at the front', '/a'],
      ['a backslash at the front', '\\a'],
      ['half a surrogate pair', 'a\uD800'],
    ])('a key with %s is refused', async (_what, key) => {
      const wrong = { code: 'InvalidObjectName' };
      await expect(getStore().put('bucket', key, bodyOf('x'))).rejects.toMatchObject(wrong);
      await expect(getStore().append('bucket', key, 0, bodyOf('x'))).rejects.toMatchObject(wrong);
      await expect(getStore().startUpload('bucket', key)).rejects.toMatchObject(wrong);
      await expect(getStore().delete('bucket', key)).rejects.toMatchObject(wrong);
    });

    test('of two writers who may only create, one is told that the object exists', async () => {
      const store = getStore();
      const outcomes = await Promise.allSettled(
        ['a', 'b', 'c'].map((text) => store.put('bucket', 'key', bodyOf(text), { createOnly: true })),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      const exists = { reason: { code: 'FileAlreadyExists' } };
      expect(refused).toMatchObject([exists, exists]);
    });

    test.each([10, 200_000, 900_000])(
      'a body of %i bytes that is not what was announced is not stored',
      async (length) => {
        const store = getStore();
        const bytes = patternBytes(length);
        await store.put('bucket', 'key', bodyOf('old'));
        await expect(
          store.put('bucket', 'key', bodyOf(bytes), { contentMd5: md5(Buffer.from('other'), 'base64') }),
        ).rejects.toMatchObject({ code: 'InvalidDigest' });
        await expect(
          store.put('bucket', 'key', bodyOf(bytes), { contentLength: length + 1 }),
        ).rejects.toMatchObject({ code: 'IncompleteBody' });
        await expect(store.put('bucket', 'key', brokenBody(bytes))).rejects.toThrow('the line was cut');
        expect((await read('key')).toString()).toBe('old');
        await store.put('bucket', 'key', bodyOf(bytes), {
          contentMd5: md5(bytes, 'base64'),
          contentLength: length,
        });
        expect((await read('key')).equals(bytes)).toBe(true);
      },
    );

    test('of many writers to one key one wins whole', async () => {
      const store = getStore();
      const bodies = Array.from({ length: 12 }, (_, seed) => patternBytes(40_000 + seed, seed));
      const infos = await Promise.all(bodies.map((bytes) => store.put('bucket', 'key', bodyOf(bytes))));
      const { etag } = await store.head('bucket', 'key');
      const winner = bodies[infos.findIndex((info) => info.etag === etag)];
      expect(winner?.equals(await read('key'))).toBe(true);
    });

    test('what was never there is NoSuchKey to read, and no error to delete', async () => {
      await expect(getStore().head('bucket', 'key')).rejects.toMatchObject({ code: 'NoSuchKey' });
      await expect(getStore().get('bucket', 'key')).rejects.toMatchObject({ code: 'NoSuchKey' });
      await getStore().delete('bucket', 'key');
    });
  });
}

import { describe, expect, test } from 'vitest';
import { bodyOf } from './bytes.ts';
import type { GetStore } from './object-store-contract.ts';

export function bucketContract(getStore: GetStore): void {
  describe('buckets', () => {
    test('a new bucket is private and belongs to who made it', async () => {
      const bucket = await getStore().createBucket('pictures', '1001');
      expect(bucket).toMatchObject({ name: 'pictures', owner: '1001', acl: 'private' });
      expect(await getStore().getBucket('pictures')).toEqual(bucket);
    });

    test('making a bucket again gives it the new ACL and keeps its date', async () => {
      const before = await getStore().getBucket('bucket');
      const after = await getStore().createBucket('bucket', '1001', { acl: 'public-read' });
      expect(after).toEqual({ ...before, acl: 'public-read' });
    });

    test("a bucket of somebody else's name cannot be made", async () => {
      await expect(getStore().createBucket('bucket', '2002')).rejects.toMatchObject({
        code: 'BucketAlreadyExists',
      });
    });

    test.each(['ab', '-abc', 'abc-', 'Abc', 'a_b', 'a.b', 'a/b', '', 'x'.repeat(64), '..', 'é-bucket'])(
      'the bucket name %j is refused',
      async (name) => {
        await expect(getStore().createBucket(name, '1001')).rejects.toMatchObject({
          code: 'InvalidBucketName',
        });
      },
    );

    test('an owner has at most a hundred buckets', async () => {
      for (let number = 1; number < 100; number += 1) {
        await getStore().createBucket(`bucket-${number}`, '1001');
      }
      await expect(getStore().createBucket('one-more', '1001')).rejects.toMatchObject({
        code: 'TooManyBuckets',
      });
      await getStore().createBucket('one-more', '2002');
    });

    test('buckets are listed by name, of one owner or of all', async () => {
      await getStore().createBucket('alpha', '2002');
      await getStore().createBucket('zulu', '1001');
      const names = async (owner?: string) => (await getStore().listBuckets(owner)).map(({ name }) => name);
      expect(await names('1001')).toEqual(['bucket', 'zulu']);
      expect(await names()).toEqual(['alpha', 'bucket', 'zulu']);
      expect(await names('3003')).toEqual([]);
    });

    test('a bucket with an object or an open upload cannot be deleted', async () => {
      const store = getStore();
      await store.put('bucket', 'key', bodyOf('x'));
      await expect(store.deleteBucket('bucket')).rejects.toMatchObject({ code: 'BucketNotEmpty' });
      await store.delete('bucket', 'key');
      const { uploadId } = await store.startUpload('bucket', 'key');
      await expect(store.deleteBucket('bucket')).rejects.toMatchObject({ code: 'BucketNotEmpty' });
      await store.abortUpload('bucket', 'key', uploadId);
      await store.deleteBucket('bucket');
      await expect(store.getBucket('bucket')).rejects.toMatchObject({ code: 'NoSuchBucket' });
    });

    test('every operation on a bucket that is not there says so', async () => {
      const store = getStore();
      const missing = { code: 'NoSuchBucket' };
      await expect(store.deleteBucket('missing')).rejects.toMatchObject(missing);
      await expect(store.statBucket('missing')).rejects.toMatchObject(missing);
      await expect(store.put('missing', 'k', bodyOf('x'))).rejects.toMatchObject(missing);
      await expect(store.get('missing', 'k')).rejects.toMatchObject(missing);
      await expect(store.head('missing', 'k')).rejects.toMatchObject(missing);
      await expect(store.list('missing')).rejects.toMatchObject(missing);
      await expect(store.delete('missing', 'k')).rejects.toMatchObject(missing);
      await expect(store.append('missing', 'k', 0, bodyOf('x'))).rejects.toMatchObject(missing);
      await expect(store.startUpload('missing', 'k')).rejects.toMatchObject(missing);
      await expect(store.listUploads('missing')).rejects.toMatchObject(missing);
    });

    test('the statistics count objects, bytes and open uploads', async () => {
      const store = getStore();
      await store.put('bucket', 'a', bodyOf('12345'));
      await store.put('bucket', 'b', bodyOf('123'));
      await store.startUpload('bucket', 'c');
      expect(await store.statAttribute('bucket', 'class')).toEqual(new Map());
      expect(await store.statBucket('bucket')).toEqual({
        objects: 2,
        bytes: 8,
        deleteMarkers: 0,
        uploads: 1,
      });
    });
  });
}

import { describe, expect, test } from 'vitest';
import type { ObjectChange } from '../types.ts';
import { bodyOf, patternBytes, readAll } from './bytes.ts';
import type { GetStore } from './object-store-contract.ts';

const name = (key: string, versionId?: string) => ({
  bucket: 'bucket',
  key,
  ...(versionId !== undefined && { versionId }),
});
const missing = { code: 'NoSuchKey' };

export function versionContract(getStore: GetStore): void {
  const put = async (text: string, key = 'key') =>
    (await getStore().put('bucket', key, bodyOf(text))).versionId;
  const text = async (versionId?: string, key = 'key') =>
    (await readAll((await getStore().get('bucket', key, undefined, versionId)).body)).toString();
  const stack = async (key = 'key') =>
    (await getStore().listVersions('bucket', { prefix: key })).versions.map(({ versionId }) => versionId);
  const enable = () => getStore().setVersioning('bucket', 'Enabled');
  const suspend = () => getStore().setVersioning('bucket', 'Suspended');

  describe('versions', () => {
    test('are not kept until they are asked for: what is written is the version null', async () => {
      const store = getStore();
      expect(await store.getBucket('bucket')).not.toHaveProperty('versioning');
      expect([await put('a'), await put('b'), await text('null')]).toEqual(['null', 'null', 'b']);
      expect(await stack()).toEqual(['null']);
      await expect(store.head('bucket', 'key', 'other')).rejects.toMatchObject({ code: 'NoSuchVersion' });
      expect(await store.delete('bucket', 'key')).toEqual({ isMarker: false });
      expect(await stack()).toEqual([]);
    });

    test('are kept from then on, and each can be read', async () => {
      const store = getStore();
      const old = await put('old');
      expect(await enable()).toMatchObject({ name: 'bucket', versioning: 'Enabled' });
      const first = await put('first');
      const second = await put('second');
      expect(new Set([old, first, second]).size).toBe(3);
      expect([old, /^[0-9A-Za-z]+$/.test(first)]).toEqual(['null', true]);
      expect(await Promise.all([old, first, second, undefined].map((id) => text(id)))).toEqual([
        'old',
        'first',
        'second',
        'second',
      ]);
      expect((await store.head('bucket', 'key', first)).versionId).toBe(first);
      expect((await store.list('bucket')).objects.map(({ versionId }) => versionId)).toEqual([second]);
      expect(await stack()).toEqual([second, first, old]);
    });

    test('come of uploads, copies and appends as well, but an append makes none of what it adds to', async () => {
      const store = getStore();
      await enable();
      const made = await put('put');
      const { uploadId } = await store.startUpload('bucket', 'key');
      await store.putPart('bucket', 'key', uploadId, 1, bodyOf('upload'));
      const uploaded = await store.completeUpload('bucket', 'key', uploadId, 'all');
      await put('source', 'source');
      const copied = await store.copy(name('source'), name('key'));
      expect(await stack()).toEqual([copied.versionId, uploaded.versionId, made]);
      const { info: log } = await store.append('bucket', 'log', 0, bodyOf('one'));
      const { info: longer } = await store.append('bucket', 'log', 3, bodyOf('two'));
      expect([log.versionId === 'null', longer.versionId]).toEqual([false, log.versionId]);
      expect([await stack('log'), await text(undefined, 'log')]).toEqual([[log.versionId], 'onetwo']);
    });

    test('a deletion hides them behind a delete marker, and taking that away shows them again', async () => {
      const store = getStore();
      await enable();
      const first = await put('first');
      const { versionId: marker = '', isMarker } = await store.delete('bucket', 'key');
      expect(isMarker).toBe(true);
      await expect(store.head('bucket', 'key')).rejects.toMatchObject({ ...missing, deleteMarker: marker });
      await expect(store.get('bucket', 'key')).rejects.toMatchObject({ ...missing, deleteMarker: marker });
      expect((await store.list('bucket')).objects).toEqual([]);
      expect(await text(first)).toBe('first');
      await expect(store.get('bucket', 'key', undefined, marker)).rejects.toMatchObject({
        code: 'MethodNotAllowed',
        deleteMarker: marker,
      });
      await expect(store.setAttributes('bucket', 'key', {}, { versionId: marker })).rejects.toMatchObject({
        code: 'MethodNotAllowed',
      });
      await expect(store.copy(name('key', marker), name('copy'))).rejects.toMatchObject({
        code: 'MethodNotAllowed',
      });
      expect(await store.delete('bucket', 'key', { versionId: marker })).toEqual({
        versionId: marker,
        isMarker: true,
      });
      expect([await text(), await stack()]).toEqual(['first', [first]]);
    });

    test('a deletion of what is not there leaves a delete marker all the same, and another one above it', async () => {
      const store = getStore();
      await enable();
      const first = await store.delete('bucket', 'key');
      const second = await store.delete('bucket', 'key');
      expect(await stack()).toEqual([second.versionId, first.versionId]);
      const { versions } = await store.listVersions('bucket');
      expect(versions.map(({ isLatest, object }) => [isLatest, object])).toEqual([
        [true, undefined],
        [false, undefined],
      ]);
    });

    test('one that is deleted is gone for good, and the one before it is what the key stands for', async () => {
      const store = getStore();
      await enable();
      const big = patternBytes(100_000, 1);
      const first = (await store.put('bucket', 'key', bodyOf(big))).versionId;
      const second = await put('second');
      const third = await put('third');
      expect(await store.delete('bucket', 'key', { versionId: second })).toEqual({
        versionId: second,
        isMarker: false,
      });
      await expect(store.head('bucket', 'key', second)).rejects.toMatchObject({ code: 'NoSuchVersion' });
      expect(await text()).toBe('third');
      await store.delete('bucket', 'key', { versionId: third });
      expect((await readAll((await store.get('bucket', 'key')).body)).equals(big)).toBe(true);
      expect((await store.head('bucket', 'key')).versionId).toBe(first);
      await store.delete('bucket', 'key', { versionId: first });
      await expect(store.head('bucket', 'key')).rejects.toMatchObject(missing);
      expect(await store.delete('bucket', 'key', { versionId: first })).toEqual({
        versionId: first,
        isMarker: false,
      });
    });

    test('an old one comes back by being copied onto its key', async () => {
      const store = getStore();
      await enable();
      const first = (await store.put('bucket', 'key', bodyOf('first'), { userMetadata: { a: '1' } }))
        .versionId;
      await put('second');
      await store.delete('bucket', 'key');
      const back = await store.copy(name('key', first), name('key'));
      expect([back.versionId === first, back.userMetadata['a'], await text()]).toEqual([false, '1', 'first']);
      expect(await stack()).toHaveLength(4);
      await expect(store.copy(name('key', 'other'), name('key'))).rejects.toMatchObject({
        code: 'NoSuchVersion',
      });
    });

    test('while they are suspended, writing and deleting replace the version null and leave the others', async () => {
      const store = getStore();
      await put('before');
      await enable();
      const first = await put('first');
      expect(await suspend()).toMatchObject({ versioning: 'Suspended' });
      expect([await put('again'), await text('null')]).toEqual(['null', 'again']);
      expect(await stack()).toEqual(['null', first]);
      expect(await store.delete('bucket', 'key')).toEqual({ versionId: 'null', isMarker: true });
      expect(await stack()).toEqual(['null', first]);
      await store.delete('bucket', 'key');
      expect(await stack()).toEqual(['null', first]);
      await expect(store.head('bucket', 'key')).rejects.toMatchObject({ ...missing, deleteMarker: 'null' });
      await put('back');
      await enable();
      const second = await put('second');
      expect(await stack()).toEqual([second, 'null', first]);
      expect(await Promise.all([second, 'null', first].map((id) => text(id)))).toEqual([
        'second',
        'back',
        'first',
      ]);
    });

    test('nothing has to be free where nothing is overwritten', async () => {
      const store = getStore();
      await enable();
      await put('first');
      await store.put('bucket', 'key', bodyOf('second'), { createOnly: true });
      expect(await text()).toBe('second');
    });

    test('only what the key stands for can be appended to', async () => {
      const store = getStore();
      await enable();
      const { info } = await store.append('bucket', 'log', 0, bodyOf('123'));
      await put('normal', 'log');
      await expect(store.append('bucket', 'log', 6, bodyOf('x'))).rejects.toMatchObject({
        code: 'ObjectNotAppendable',
      });
      const marker = await store.delete('bucket', 'log');
      const { info: anew } = await store.append('bucket', 'log', 0, bodyOf('abc'));
      await store.delete('bucket', 'log', { versionId: marker.versionId ?? '' });
      await store.append('bucket', 'log', 3, bodyOf('def'));
      expect(await text(info.versionId, 'log')).toBe('123');
      expect([await text(undefined, 'log'), (await stack('log'))[0]]).toEqual(['abcdef', anew.versionId]);
    });

    test('a copy of an old log does not grow into the newer one, nor the other way round', async () => {
      const store = getStore();
      await enable();
      const { info: old } = await store.append('bucket', 'log', 0, bodyOf(patternBytes(50_000, 1)));
      const copy = await store.copy(name('log', old.versionId), name('log'));
      expect(copy.type).toBe('Normal');
      await store.delete('bucket', 'log', { versionId: copy.versionId });
      await store.append('bucket', 'log', 50_000, bodyOf('more'));
      expect((await store.head('bucket', 'log')).size).toBe(50_004);
      await expect(store.head('bucket', 'log', copy.versionId)).rejects.toMatchObject({
        code: 'NoSuchVersion',
      });
    });

    test('each has attributes of its own', async () => {
      const store = getStore();
      await enable();
      const first = await put('first');
      const second = await put('second');
      await store.setAttributes('bucket', 'key', { acl: 'private' }, { versionId: first });
      await store.setAttributes('bucket', 'key', { acl: 'public-read' });
      const acl = async (id: string) => (await store.head('bucket', 'key', id)).attributes['acl'];
      expect([await acl(first), await acl(second)]).toEqual(['private', 'public-read']);
      expect(await stack()).toEqual([second, first]);
    });

    test('a body that is being read stays readable although its version goes', async () => {
      const store = getStore();
      await enable();
      const bytes = patternBytes(300_000, 3);
      const { versionId } = await store.put('bucket', 'key', bodyOf(bytes));
      await put('second');
      const { body } = await store.get('bucket', 'key', undefined, versionId);
      await store.delete('bucket', 'key', { versionId });
      expect((await readAll(body)).equals(bytes)).toBe(true);
    });

    test('a bucket that has any cannot be deleted, and the statistics count them', async () => {
      const store = getStore();
      await enable();
      const first = await put('12345');
      await put('123');
      const marker = (await store.delete('bucket', 'key')).versionId ?? '';
      expect(await store.statBucket('bucket')).toEqual({
        objects: 2,
        bytes: 8,
        deleteMarkers: 1,
        uploads: 0,
      });
      for (const versionId of await stack()) {
        await expect(store.deleteBucket('bucket')).rejects.toMatchObject({ code: 'BucketNotEmpty' });
        await store.delete('bucket', 'key', { versionId });
      }
      expect([first, marker].every((id) => id !== '')).toBe(true);
      await store.deleteBucket('bucket');
    });

    test('watchers hear what keys stand for', async () => {
      const store = getStore();
      await enable();
      const heard: string[] = [];
      const listener = (change: ObjectChange) =>
        heard.push(change.kind === 'delete' ? 'delete' : `${change.kind} ${change.info.size}`);
      const stop = store.watch('bucket', '', listener);
      const first = await put('1');
      const second = await put('22');
      const marker = await store.delete('bucket', 'key');
      await store.delete('bucket', 'key', { versionId: marker.versionId ?? '' });
      await store.delete('bucket', 'key', { versionId: first });
      await store.delete('bucket', 'key', { versionId: second });
      stop();
      expect(heard).toEqual(['put 1', 'put 2', 'delete', 'put 2', 'delete']);
    });
  });

  describe('a change on the condition that nothing has changed', () => {
    const changed = { code: 'PreconditionFailed' };

    test('is refused when the object was written anew, got other attributes, or is gone', async () => {
      const store = getStore();
      const seen = await store.put('bucket', 'key', bodyOf('seen'));
      await store.setAttributes('bucket', 'key', { tags: 'a' });
      await expect(store.delete('bucket', 'key', { ifStill: seen })).rejects.toMatchObject(changed);
      await store.put('bucket', 'key', bodyOf('new'));
      await expect(store.delete('bucket', 'key', { ifStill: seen })).rejects.toMatchObject(changed);
      const ifStill = { ifStill: seen };
      await expect(store.setAttributes('bucket', 'key', { a: '1' }, ifStill)).rejects.toMatchObject(changed);
      expect(await text()).toBe('new');
      await store.delete('bucket', 'key', { ifStill: await store.head('bucket', 'key') });
      await expect(store.delete('bucket', 'key', { ifStill: seen })).rejects.toMatchObject(changed);
    });

    test('hides what was seen only, where versions are kept', async () => {
      const store = getStore();
      await enable();
      const seen = await store.put('bucket', 'key', bodyOf('same'));
      await put('same');
      await expect(store.delete('bucket', 'key', { ifStill: seen })).rejects.toMatchObject(changed);
      await store.delete('bucket', 'key', { versionId: seen.versionId, ifStill: seen });
      expect(await stack()).toHaveLength(1);
    });
  });
}

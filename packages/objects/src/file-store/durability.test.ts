import { cp, mkdir, mkdtemp, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bodyOf, brokenBody, patternBytes, readAll } from '../contract/bytes.ts';
import type { ObjectStore } from '../object-store.ts';
import { verifyStore } from '../verify-store.ts';
import { openFileStore } from './open-file-store.ts';

let dir: string;
let store: ObjectStore;

const open = () => openFileStore({ dir, clock: systemClock });
const read = async (key: string) => readAll((await store.get('bucket', key)).body);

async function blobs(): Promise<string[]> {
  const entries = await readdir(join(dir, 'blobs'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rebatch-durable-'));
  store = await open();
  await store.createBucket('bucket', '1001');
});

afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});

/** Goes on with the folder as it would be if the power failed now: what is on the disk, without an orderly close. */
async function crash(): Promise<void> {
  const copy = await mkdtemp(join(tmpdir(), 'rebatch-durable-'));
  await cp(dir, copy, { recursive: true });
  await store.close();
  await rm(dir, { recursive: true });
  dir = copy;
  store = await open();
}

describe('the file store', () => {
  test('has everything again after a restart', async () => {
    const bytes = patternBytes(200_000);
    await store.put('bucket', 'small', bodyOf('small'), { userMetadata: { a: 'b' } });
    await store.put('bucket', 'large', bodyOf(bytes));
    await store.append('bucket', 'log', 0, bodyOf('one'));
    const { uploadId } = await store.startUpload('bucket', 'parts', { contentType: 'a/b' });
    await store.putPart('bucket', 'parts', uploadId, 1, bodyOf(bytes));
    const before = await store.list('bucket');
    await store.close();
    store = await open();
    expect(await store.list('bucket')).toEqual(before);
    expect((await read('large')).equals(bytes)).toBe(true);
    await store.append('bucket', 'log', 3, bodyOf('two'));
    expect((await read('log')).toString()).toBe('onetwo');
    const info = await store.completeUpload('bucket', 'parts', uploadId, 'all');
    expect(info).toMatchObject({ size: 200_000, contentType: 'a/b' });
  });

  test('has everything that was confirmed again after a crash', async () => {
    const bytes = patternBytes(200_000);
    await store.put('bucket', 'large', bodyOf(bytes));
    await store.put('bucket', 'small', bodyOf('small'));
    await crash();
    expect((await read('large')).equals(bytes)).toBe(true);
    expect((await read('small')).toString()).toBe('small');
  });

  test('removes files that a crash left without an object, and only these', async () => {
    const bytes = patternBytes(100_000);
    await store.put('bucket', 'key', bodyOf(bytes));
    const known = await blobs();
    await mkdir(join(dir, 'blobs', 'ff'));
    await writeFile(join(dir, 'blobs', 'ff', 'abcff'), 'left behind');
    await crash();
    expect((await blobs()).map((path) => path.slice(-4))).toEqual(known.map((path) => path.slice(-4)));
    expect((await read('key')).equals(bytes)).toBe(true);
  });

  test('does not see bytes that an append wrote but did not confirm', async () => {
    await store.append('bucket', 'log', 0, bodyOf('confirmed'));
    const [path = ''] = await blobs();
    await writeFile(path, ' torn tail', { flag: 'a' });
    await crash();
    expect((await read('log')).toString()).toBe('confirmed');
    await store.append('bucket', 'log', 9, bodyOf('!'));
    expect((await read('log')).toString()).toBe('confirmed!');
  });

  test('leaves no file behind when a body breaks off, is replaced or is deleted', async () => {
    const bytes = patternBytes(100_000);
    await expect(store.put('bucket', 'key', brokenBody(bytes))).rejects.toThrow('the line was cut');
    await store.put('bucket', 'key', bodyOf(bytes));
    await store.put('bucket', 'key', bodyOf(bytes));
    await store.append('bucket', 'log', 0, bodyOf(patternBytes(2_000_000)));
    await store.append('bucket', 'log', 2_000_000, bodyOf(patternBytes(2_000_000)));
    await store.delete('bucket', 'log');
    const { uploadId } = await store.startUpload('bucket', 'key');
    await store.putPart('bucket', 'key', uploadId, 1, bodyOf(bytes));
    await store.putPart('bucket', 'key', uploadId, 1, bodyOf(bytes));
    await store.abortUpload('bucket', 'key', uploadId);
    await store.close();
    expect(await blobs()).toHaveLength(1);
    store = await open();
    expect((await read('key')).equals(bytes)).toBe(true);
  });

  test('fails to read an object whose file was cut short, instead of giving less', async () => {
    await store.put('bucket', 'key', bodyOf(patternBytes(100_000)));
    const [path = ''] = await blobs();
    await truncate(path, 50_000);
    await expect(read('key')).rejects.toThrow('ends at byte 50000');
  });

  test('says that an object cannot be read when the disk fails, and goes on with the others', async () => {
    await store.put('bucket', 'broken', bodyOf(patternBytes(900_000, 1)));
    const [path = ''] = await blobs();
    await store.put('bucket', 'whole', bodyOf(patternBytes(900_000, 2)));
    // Reading this at its beginning is an EIO of the kernel.
    await rm(path);
    await symlink('/proc/self/mem', path);
    await expect(read('broken')).rejects.toMatchObject({ code: 'EIO' });
    expect((await read('whole')).equals(patternBytes(900_000, 2))).toBe(true);
    const { damaged } = await verifyStore(store);
    expect(damaged).toMatchObject([{ key: 'broken', problem: expect.stringContaining('EIO') }]);
    await store.put('bucket', 'broken', bodyOf('mended'));
    expect((await read('broken')).toString()).toBe('mended');
  });

  test('keeps keys away from file names', async () => {
    await store.put('bucket', '../../../escape', bodyOf(patternBytes(100_000)));
    expect((await blobs()).every((path) => path.startsWith(join(dir, 'blobs')))).toBe(true);
    expect((await readdir(dir)).toSorted()).toEqual(['blobs', 'objects.db', 'objects.db-wal']);
  });
});

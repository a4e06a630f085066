import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { afterAll, describe, expect, test } from 'vitest';
import { bodyOf, patternBytes, readAll } from '../contract/bytes.ts';
import { ObjectStoreError } from '../object-store-error.ts';
import { diskError } from './disk-error.ts';
import { openFileStore } from './open-file-store.ts';

const DISK_BYTES = 4 * 1024 * 1024;
const dir = mkdtempSync(join(tmpdir(), 'rebatch-full-'));

/** A disk of four megabytes; needs the right to mount. */
function mountSmallDisk(): boolean {
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', dir], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

const mounted = mountSmallDisk();

afterAll(() => {
  if (mounted) {
    execFileSync('/bin/umount', [dir]);
  }
  rmdirSync(dir);
});

describe.runIf(mounted)('on a full disk', () => {
  test('a write fails with DiskFull, leaves nothing, and there is room again after a deletion', async () => {
    const store = await openFileStore({ dir, clock: systemClock });
    await store.createBucket('bucket', '1001');
    const kept = patternBytes(1_000_000, 1);
    await store.put('bucket', 'kept', bodyOf(kept));
    const full = { code: 'DiskFull' };
    await expect(store.put('bucket', 'kept', bodyOf(patternBytes(5_000_000)))).rejects.toMatchObject(full);
    await expect(store.append('bucket', 'log', 0, bodyOf(patternBytes(5_000_000)))).rejects.toMatchObject(
      full,
    );
    const { body } = await store.get('bucket', 'kept');
    expect((await readAll(body)).equals(kept)).toBe(true);
    expect((await store.list('bucket')).objects).toHaveLength(1);
    await store.put('bucket', 'other', bodyOf(patternBytes(900_000, 2)));
    await store.delete('bucket', 'other');
    await store.close();
    const left = await readdir(join(dir, 'blobs'), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toHaveLength(1);
  });
});

test.each([
  ['the file system', { code: 'ENOSPC' }],
  ['a quota', { code: 'EDQUOT' }],
  ['MinIO', { name: 'S3Error', code: 'XMinioStorageFull' }],
  ['SQLite', { code: 'ERR_SQLITE_ERROR', errcode: 13 }],
])('no room according to %s is DiskFull', (_who, properties) => {
  const error = Object.assign(new Error('no room'), properties);
  expect(diskError(error)).toMatchObject({ code: 'DiskFull', cause: error });
});

test('other errors are passed on as they are', () => {
  const errors = [
    new ObjectStoreError('NoSuchKey', ''),
    Object.assign(new Error('io'), { code: 'EIO' }),
    'text',
  ];
  expect(errors.map(diskError)).toEqual(errors);
});

import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '@rebatch/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileStoreOpenError } from './file-store-open-error.ts';
import { openFileStore } from './open-file-store.ts';
import { verifyStore } from '../verify-store.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rebatch-open-'));
});

afterEach(async () => {
  await rm(dir, { recursive: true });
});

const open = (path: string) => openFileStore({ dir: path, clock: systemClock });

test('a folder that is not there is made', async () => {
  const store = await open(join(dir, 'a', 'b'));
  expect(await store.listBuckets()).toEqual([]);
  await store.close();
});

test('a file in the place of the folder is named in the error', async () => {
  const path = join(dir, 'file');
  await writeFile(path, '');
  await expect(open(path)).rejects.toThrow(`The object store in ${path} cannot be opened`);
  await expect(open(join(path, 'below'))).rejects.toThrow('a part of its path is a file');
});

test('a folder that this user may not write is named in the error', async () => {
  const script = `
    const { openFileStore } = await import(${JSON.stringify(new URL('./open-file-store.ts', import.meta.url).href)});
    if (process.getuid() === 0) process.setuid(65534);
    const clock = { now: () => 0 };
    await openFileStore({ dir: ${JSON.stringify(join(dir, 'closed', 'store'))}, clock }).catch((e) => console.log(e.message));
  `;
  execFileSync('mkdir', ['-m', '0500', join(dir, 'closed')]);
  execFileSync('chmod', ['0711', dir]);
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(output).toContain('this user may not read and write it');
});

test('a second opener is told that the store is in use', async () => {
  const store = await open(dir);
  await expect(open(dir)).rejects.toThrow('another process has it open');
  await store.close();
  await (await open(dir)).close();
});

test('a store of a newer version is refused', async () => {
  await (await open(dir)).close();
  const db = new DatabaseSync(join(dir, 'objects.db'));
  db.exec('PRAGMA user_version = 99');
  db.close();
  await expect(open(dir)).rejects.toThrow(FileStoreOpenError);
  await expect(open(dir)).rejects.toThrow('newer version');
});

test('a store of the first version is brought up to date with all that is in it', async () => {
  const first = await open(dir);
  await first.createBucket('bucket', '1001');
  const { lastModified } = await first.put('bucket', 'key', Readable.from([Buffer.from('x')]));
  await first.close();
  const db = new DatabaseSync(join(dir, 'objects.db'));
  db.exec(`
    DROP TABLE versions; ALTER TABLE objects DROP COLUMN sequence; ALTER TABLE objects DROP COLUMN versionId;
    ALTER TABLE buckets DROP COLUMN versioning; ALTER TABLE buckets DROP COLUMN attributes;
    ALTER TABLE objects DROP COLUMN attributes; DROP TABLE bucketConfigs; PRAGMA user_version = 1`);
  db.close();
  const store = await open(dir);
  expect(await store.head('bucket', 'key')).toMatchObject({ size: 1, lastModified });
  await store.setAttributes('bucket', 'key', { acl: 'private' });
  await store.setBucketConfig('bucket', 'cors', '<a/>');
  await store.setVersioning('bucket', 'Enabled');
  await store.put('bucket', 'key', Readable.from([Buffer.from('xy')]));
  expect((await store.listVersions('bucket')).versions).toMatchObject([
    { isLatest: true, object: { size: 2 } },
    { isLatest: false, versionId: 'null', object: { size: 1, lastModified } },
  ]);
  await store.close();
});

test('a copy of the folder has the versions that were in it', async () => {
  const from = join(dir, 'from');
  const store = await open(from);
  await store.createBucket('bucket', '1001');
  await store.setVersioning('bucket', 'Enabled');
  const { versionId } = await store.put('bucket', 'key', Readable.from([Buffer.alloc(100_000, 'old')]));
  await store.put('bucket', 'key', Readable.from([Buffer.alloc(100_000, 'new')]));
  const marker = await store.delete('bucket', 'key');
  await store.close();
  await cp(from, join(dir, 'to'), { recursive: true });
  const copy = await open(join(dir, 'to'));
  const report = await verifyStore(copy);
  expect(report).toEqual({ objects: 2, bytes: 200_000, damaged: [] });
  await copy.delete('bucket', 'key', { versionId: marker.versionId ?? '' });
  expect((await copy.head('bucket', 'key', versionId)).size).toBe(100_000);
  await copy.close();
});

test('a closed store refuses work and may be closed again', async () => {
  const store = await open(dir);
  await store.close();
  await store.close();
  await expect(store.listBuckets()).rejects.toThrow('closed');
});

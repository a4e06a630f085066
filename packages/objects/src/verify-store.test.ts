import { appendFile, mkdtemp, readdir, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { findOrphans, openFileStore, verifyStore } from './index.ts';

const LARGE = 100_000;

async function storeFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rebatch-verify-'));
  onTestFinished(async () => rm(dir, { recursive: true, force: true }));
  const store = await openFileStore({ dir, clock: systemClock });
  await store.createBucket('pictures', '1');
  for (const key of ['a', 'b', 'c']) {
    await store.put('pictures', key, chunks(Buffer.alloc(LARGE, key)));
  }
  await store.put('pictures', 'small', chunks(Buffer.from('small')));
  await store.close();
  return dir;
}

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function blobs(dir: string): Promise<string[]> {
  const names = await readdir(join(dir, 'blobs'), { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function reportOf(dir: string): ReturnType<typeof verifyStore> {
  const store = await openFileStore({ dir, clock: systemClock });
  try {
    return await verifyStore(store);
  } finally {
    await store.close();
  }
}

test('a sound store has nothing to report, whatever its objects are kept in', async () => {
  expect(await reportOf(await storeFolder())).toEqual({ objects: 4, bytes: 3 * LARGE + 5, damaged: [] });
});

test('a changed byte, a cut file and a missing file are found and named', async () => {
  const dir = await storeFolder();
  const [first, second, third] = await blobs(dir);
  await writeFile(first ?? '', Buffer.alloc(LARGE, 'x'));
  await truncate(second ?? '', 10);
  await unlink(third ?? '');
  const { damaged } = await reportOf(dir);
  expect(damaged.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  expect(damaged[0]?.problem).toMatch(/^CRC-64 \d+ instead of \d+$/);
  expect(damaged[2]?.problem).toMatch(/ENOENT/);
});

test('older versions are read, too', async () => {
  const dir = await storeFolder();
  const store = await openFileStore({ dir, clock: systemClock });
  await store.setVersioning('pictures', 'Enabled');
  const { versionId } = await store.put('pictures', 'a', chunks(Buffer.alloc(LARGE, 'new')));
  await store.put('pictures', 'a', chunks(Buffer.from('newer')));
  await store.delete('pictures', 'a');
  await store.close();
  expect(await findOrphans(dir)).toEqual([]);
  expect(await reportOf(dir)).toEqual({ objects: 6, bytes: 4 * LARGE + 10, damaged: [] });
  await truncate((await blobs(dir)).at(-1) ?? '', 10);
  expect((await reportOf(dir)).damaged).toMatchObject([{ key: 'a', versionId }]);
});

test('files that nothing points to are found, stay, and go when the store is opened with a sweep', async () => {
  const dir = await storeFolder();
  const [known = ''] = await blobs(dir);
  const stray = join(known, '..', 'fffff');
  await appendFile(stray, 'stray');
  expect(await findOrphans(dir)).toEqual([{ path: stray, size: 5 }]);
  expect(await blobs(dir)).toHaveLength(4);
  await (await openFileStore({ dir, clock: systemClock, sweep: true })).close();
  expect(await findOrphans(dir)).toEqual([]);
  expect(await reportOf(dir)).toMatchObject({ objects: 4, damaged: [] });
});

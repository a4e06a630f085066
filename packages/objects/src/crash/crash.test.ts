import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { systemClock } from '@rebatch/model';
import { expect, test } from 'vitest';
import { patternBytes, readAll } from '../contract/bytes.ts';
import { openFileStore } from '../file-store/open-file-store.ts';
import type { ObjectStore } from '../object-store.ts';

const ROUNDS = 6;
/** Lines after which a round's child is killed: another point of its work each time. */
const KILL_AFTER = [1, 5, 12, 23, 31, 40];

interface Confirmed {
  key: string;
  seed?: number;
  size?: number;
}

interface Said {
  /** The last confirmation of each key. */
  confirmed: Map<string, Confirmed>;
  /** Versions that must be there, and those that must not. */
  versions: Set<string>;
  removed: Set<string>;
}

/** Starts the writer, kills it with SIGKILL after so many confirmations, and gives what it said. */
async function writeUntilKilled(dir: string, seed: number, lines: number): Promise<Said> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), dir, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const confirmed = new Map<string, Confirmed>();
  const versions = new Set<string>();
  const removed = new Set<string>();
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const said: Partial<Confirmed> & { version?: string; removing?: string; removed?: string } =
      JSON.parse(line);
    if (said.version !== undefined) versions.add(said.version);
    if (said.removing !== undefined) versions.delete(said.removing);
    if (said.removed !== undefined) removed.add(said.removed);
    if (said.key !== undefined) {
      confirmed.set(said.key, { ...said, key: said.key });
      count += 1;
    }
    if (count >= lines) {
      child.kill('SIGKILL');
    }
  }
  await exited;
  return { confirmed, versions, removed };
}

function expectedBytes(key: string, seed: number, size: number): Buffer {
  return key === 'upload'
    ? Buffer.concat([patternBytes(110_000, seed * 10 + 1), patternBytes(110_000, seed * 10 + 2)])
    : patternBytes(size, seed);
}

async function checkVersions(store: ObjectStore, { versions, removed }: Said): Promise<void> {
  const page = await store.listVersions('versions');
  const found = new Set(page.versions.map(({ versionId }) => versionId));
  expect([...versions].filter((id) => !found.has(id))).toEqual([]);
  expect([...removed].filter((id) => found.has(id))).toEqual([]);
  for (const { key, versionId, size, userMetadata } of page.versions.flatMap(({ object }) => object ?? [])) {
    const bytes = await readAll((await store.get('versions', key, undefined, versionId)).body);
    const expected = patternBytes(size, Number(userMetadata['seed']));
    expect(bytes.equals(expected), `version ${versionId} must be whole`).toBe(true);
  }
}

async function checkStore(store: ObjectStore, { confirmed }: Said): Promise<void> {
  const { objects } = await store.list('bucket');
  for (const { key, seed = 0, size = 0 } of confirmed.values()) {
    const info = objects.find((object) => object.key === key);
    expect(info, `${key} was confirmed and must be there`).toBeDefined();
    expect(Number(info?.userMetadata['seed'] ?? 0)).toBeGreaterThanOrEqual(seed);
    expect(info?.size).toBeGreaterThanOrEqual(size);
  }
  for (const info of objects) {
    const bytes = await readAll((await store.get('bucket', info.key)).body);
    expect(bytes.length).toBe(info.size);
    const expected =
      info.key === 'log'
        ? Buffer.concat(
            Array.from({ length: info.size / 1000 }, (_, piece) => patternBytes(1000, piece * 1000)),
          )
        : expectedBytes(info.key, Number(info.userMetadata['seed']), info.size);
    expect(bytes.equals(expected), `${info.key} must be whole`).toBe(true);
  }
}

test(`a writer killed ${ROUNDS} times loses nothing that was confirmed and leaves nothing torn`, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'rebatch-crash-'));
  try {
    const removed = new Set<string>();
    const versions = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const said = await writeUntilKilled(dir, round * 1000, KILL_AFTER[round] ?? 1);
      const store = await openFileStore({ dir, clock: systemClock });
      try {
        await checkStore(store, said);
        for (const id of said.versions) versions.add(id);
        for (const id of said.removed) removed.add(id);
        await checkVersions(store, { ...said, versions, removed });
        for (const { key, uploadId } of await store.listUploads('bucket')) {
          await store.abortUpload('bucket', key, uploadId);
        }
      } finally {
        await store.close();
      }
    }
    const store = await openFileStore({ dir, clock: systemClock });
    for (const { key } of (await store.list('bucket')).objects) {
      await store.delete('bucket', key);
    }
    for (const { key, versionId } of (await store.listVersions('versions')).versions) {
      await store.delete('versions', key, { versionId });
    }
    await store.close();
    const left = await readdir(join(dir, 'blobs'), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  } finally {
    await rm(dir, { recursive: true });
  }
});

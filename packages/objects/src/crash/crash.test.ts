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

/** Starts the writer, kills it with SIGKILL after so many confirmations, and gives the last of each key. */
async function writeUntilKilled(dir: string, seed: number, lines: number): Promise<Map<string, Confirmed>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), dir, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const confirmed = new Map<string, Confirmed>();
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const said: Partial<Confirmed> = JSON.parse(line);
    if (said.key !== undefined) {
      confirmed.set(said.key, { ...said, key: said.key });
      count += 1;
    }
    if (count >= lines) {
      child.kill('SIGKILL');
    }
  }
  await exited;
  return confirmed;
}

function expectedBytes(key: string, seed: number, size: number): Buffer {
  return key === 'upload'
    ? Buffer.concat([patternBytes(110_000, seed * 10 + 1), patternBytes(110_000, seed * 10 + 2)])
    : patternBytes(size, seed);
}

async function checkStore(store: ObjectStore, confirmed: ReadonlyMap<string, Confirmed>): Promise<void> {
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
    for (let round = 0; round < ROUNDS; round += 1) {
      const confirmed = await writeUntilKilled(dir, round * 1000, KILL_AFTER[round] ?? 1);
      const store = await openFileStore({ dir, clock: systemClock });
      try {
        await checkStore(store, confirmed);
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
    await store.close();
    const left = await readdir(join(dir, 'blobs'), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  } finally {
    await rm(dir, { recursive: true });
  }
});

import { systemClock } from '@rebatch/model';
import { bodyOf, patternBytes } from '../contract/bytes.ts';
import { openFileStore } from '../file-store/open-file-store.ts';

/**
 * The child of the crash test: writes without end and says on stdout what was confirmed, one JSON line each, until it
 * is killed. Bytes follow from the seed, so the parent can tell a whole object from a torn one.
 */
const [dir = '', firstSeed = '0'] = process.argv.slice(2);
const store = await openFileStore({ dir, clock: systemClock });
await store.createBucket('bucket', '1001');
await store.createBucket('versions', '1001');
await store.setVersioning('versions', 'Enabled');
process.stdout.write('{"ready":true}\n');

const SIZES = [10, 20_000, 100_000, 700_000];

function confirm(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function putForEver(key: string, start: number): Promise<never> {
  for (let seed = start; ; seed += 1) {
    const length = SIZES[seed % SIZES.length] ?? 0;
    await store.put('bucket', key, bodyOf(patternBytes(length, seed)), {
      userMetadata: { seed: String(seed) },
    });
    confirm({ key, seed });
  }
}

async function appendForEver(key: string): Promise<never> {
  for (;;) {
    const size = (await store.list('bucket', { prefix: key })).objects[0]?.size ?? 0;
    const { nextPosition } = await store.append('bucket', key, size, bodyOf(patternBytes(1000, size)));
    confirm({ key, size: nextPosition });
  }
}

async function uploadForEver(key: string, start: number): Promise<never> {
  for (let seed = start; ; seed += 1) {
    const { uploadId } = await store.startUpload('bucket', key, { userMetadata: { seed: String(seed) } });
    for (const number of [1, 2]) {
      const bytes = patternBytes(110_000, seed * 10 + number);
      await store.putPart('bucket', key, uploadId, number, bodyOf(bytes));
    }
    await store.completeUpload('bucket', key, uploadId, 'all');
    confirm({ key, seed });
  }
}

/** Writes, hides and shows a key again and again, and keeps its last few versions. */
async function keepVersionsForEver(key: string, start: number): Promise<never> {
  const kept: string[] = [];
  for (let seed = start; ; seed += 1) {
    const bytes = patternBytes(SIZES[seed % SIZES.length] ?? 0, seed);
    const userMetadata = { seed: String(seed) };
    const { versionId } = await store.put('versions', key, bodyOf(bytes), { userMetadata });
    confirm({ version: versionId });
    kept.push(versionId);
    const marker = await store.delete('versions', key);
    if (seed % 2 === 0) await store.delete('versions', key, { versionId: marker.versionId ?? '' });
    const oldest = kept.length > 3 ? kept.shift() : undefined;
    if (oldest !== undefined) {
      confirm({ removing: oldest });
      await store.delete('versions', key, { versionId: oldest });
      confirm({ removed: oldest });
    }
  }
}

const seed = Number(firstSeed);
await Promise.all([
  putForEver('put-a', seed),
  putForEver('put-b', seed + 2),
  appendForEver('log'),
  uploadForEver('upload', seed),
  keepVersionsForEver('kept', seed),
]);

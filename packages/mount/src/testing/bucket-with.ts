import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { type ObjectStore, openFileStore } from '@rebatch/objects';

export interface TestBucket {
  objects: ObjectStore;
  /** An empty folder of this host. */
  folder: string;
  put(key: string, text: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A real file store with the bucket `films`, owned by account 1, that holds the given objects. */
export async function bucketWith(objectTexts: Record<string, string>): Promise<TestBucket> {
  const root = await mkdtemp(join(tmpdir(), 'rebatch-mount-'));
  const objects = await openFileStore({ dir: join(root, 'objects'), clock: systemClock });
  await objects.createBucket('films', '1');
  const put = async (key: string, text: string): Promise<void> => {
    await objects.put('films', key, oneChunk(text));
  };
  for (const [key, text] of Object.entries(objectTexts)) await put(key, text);
  return {
    objects,
    folder: root,
    put,
    async [Symbol.asyncDispose]() {
      await objects.close();
      await rm(root, { recursive: true });
    },
  };
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

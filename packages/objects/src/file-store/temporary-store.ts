import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import type { StoreUnderTest } from '../contract/object-store-contract.ts';
import { openFileStore } from './open-file-store.ts';

/** A file store in a folder of its own that goes with it. */
export async function makeTemporaryStore(): Promise<StoreUnderTest & { dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'rebatch-objects-'));
  const store = await openFileStore({ dir, clock: systemClock });
  return {
    dir,
    store,
    async dispose() {
      await store.close();
      await rm(dir, { recursive: true });
    },
  };
}

import { join } from 'node:path';
import { type Clock, systemClock } from '@rebatch/model';
import type { ObjectStore } from '@rebatch/objects';
import type { KeyRing } from '@rebatch/oss';
import { storeKeyRing } from '../store/accounts.ts';
import { openStore, type Store } from '../store/store.ts';
import type { Closers } from './closers.ts';
import { prepareDataFolder } from './data-folder.ts';
import { lockDataFolder } from './data-lock.ts';
import { firstAccount } from './first-account.ts';
import { openObjects } from './open-objects.ts';
import type { ServeOptions } from './serve-options.ts';
import { removeServerFile } from './server-file.ts';

/** What a server keeps, open for this process alone. */
export interface Rooms {
  clock: Clock;
  store: Store;
  objects: ObjectStore;
  keys: KeyRing;
}

/** @throws StartError, StoreError, FileStoreOpenError, S3StoreOpenError */
export async function openRooms(options: ServeOptions, closers: Closers): Promise<Rooms> {
  const { dataFolder } = options;
  const clock = systemClock;
  prepareDataFolder(dataFolder);
  const lock = lockDataFolder(dataFolder);
  closers.add('data folder', () => {
    removeServerFile(dataFolder);
    lock.release();
  });
  const store = openStore(join(dataFolder, 'jobs.db'));
  closers.add('job store', () => store.close());
  const objects = await openObjects(options, clock);
  closers.add('object store', () => objects.close());
  firstAccount(store, clock, options);
  return { clock, store, objects, keys: storeKeyRing(store) };
}

import { join } from 'node:path';
import type { Clock } from '@rebatch/model';
import { type ObjectStore, openFileStore, openS3Store } from '@rebatch/objects';
import type { ServeOptions } from './serve-options.ts';

/**
 * The store of the chosen back end. Each has a folder of its own below the data folder: changing the back end neither
 * moves objects nor loses them.
 *
 * @throws FileStoreOpenError, S3StoreOpenError
 */
export function openObjects({ dataFolder, s3 }: ServeOptions, clock: Clock): Promise<ObjectStore> {
  return s3 === undefined
    ? openFileStore({ dir: join(dataFolder, 'objects'), clock })
    : openS3Store({ ...s3, dir: join(dataFolder, 'objects-s3'), clock });
}

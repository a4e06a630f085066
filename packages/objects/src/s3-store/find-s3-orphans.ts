import type { Orphan } from '../file-store/blobs.ts';
import { connectS3Store } from './connect-s3-store.ts';
import type { S3StoreOptions } from './s3-store-options.ts';

/**
 * What lies in the bucket of an S3 store and nothing points to, without touching it; `openS3Store` with `sweep` removes
 * it. No process may have the store open.
 * @throws S3StoreOpenError
 */
export function findS3Orphans(options: S3StoreOptions): Promise<Orphan[]> {
  return connectS3Store(options, async ({ db, sql, blobs, agent }) => {
    const found = await Array.fromAsync(blobs.orphans(sql.isFileContent));
    db.close();
    agent.destroy();
    return found;
  });
}

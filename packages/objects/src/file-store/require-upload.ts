import { ObjectStoreError } from '../object-store-error.ts';
import { requireBucket, type StoreContext } from './context.ts';
import type { StoredUpload } from './sql/find-upload.ts';

/** @throws ObjectStoreError NoSuchBucket; NoSuchUpload when it never was, was completed or aborted, or is of another key. */
export function requireUpload(
  context: StoreContext,
  bucket: string,
  key: string,
  uploadId: string,
): StoredUpload {
  requireBucket(context, bucket);
  const found = context.sql.findUpload(bucket, key, uploadId);
  if (found === undefined) {
    throw new ObjectStoreError('NoSuchUpload', 'The upload does not exist; it may be completed or aborted.');
  }
  return found;
}

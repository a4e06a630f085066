import { ObjectStoreError } from '../object-store-error.ts';
import type { ObjectInfo } from '../types.ts';
import type { StoreContext } from './context.ts';
import { formatStrings } from './sql/rows.ts';

/**
 * For changes that were decided on by an older look at the object (a sweep that has listed it). Inside a transaction.
 * @throws ObjectStoreError PreconditionFailed when it has been written anew, got other attributes, or is gone
 */
export function requireStill(
  { sql }: StoreContext,
  bucket: string,
  key: string,
  versionId: string | undefined,
  seen: ObjectInfo,
): void {
  const current = sql.findObject(bucket, key);
  const isMeant = versionId === undefined || versionId === current?.info.versionId;
  const now = isMeant ? current?.info : sql.findVersion(bucket, key, versionId)?.object?.info;
  const isStill =
    now !== undefined &&
    now.versionId === seen.versionId &&
    now.etag === seen.etag &&
    now.lastModified === seen.lastModified &&
    formatStrings(now.attributes) === formatStrings(seen.attributes);
  if (!isStill) {
    throw new ObjectStoreError('PreconditionFailed', 'The object is not as it was.');
  }
}

import { ObjectStoreError } from '../object-store-error.ts';
import type { ObjectInfo, VersionInfo } from '../types.ts';
import type { StoreContext } from './context.ts';
import { formatStrings } from './sql/rows.ts';

/** What there is now: an object or a delete marker, and since when it is not what its key stands for. */
type Found = Pick<VersionInfo, 'object' | 'noncurrentSince'>;

/**
 * For changes that were decided on by an older look (a sweep that has listed it). Inside a transaction.
 * @throws ObjectStoreError PreconditionFailed when it is gone, or not as it was seen
 */
export function requireStill(
  context: StoreContext,
  bucket: string,
  key: string,
  versionId: string | undefined,
  seen: ObjectInfo | VersionInfo,
): void {
  const now = find(context, bucket, key, versionId);
  if (now === undefined || !isAsSeen(now, seen)) {
    throw new ObjectStoreError('PreconditionFailed', 'The object is not as it was.');
  }
}

function find(
  { sql }: StoreContext,
  bucket: string,
  key: string,
  versionId: string | undefined,
): Found | undefined {
  const current = sql.findObject(bucket, key);
  if (versionId === undefined || versionId === current?.info.versionId) {
    return current === undefined ? undefined : { object: current.info };
  }
  const version = sql.findVersion(bucket, key, versionId);
  if (version === undefined) {
    return undefined;
  }
  const { object, superseded } = version;
  return {
    ...(object !== undefined && { object: object.info }),
    ...(superseded !== undefined && { noncurrentSince: superseded }),
  };
}

function isAsSeen(now: Found, seen: ObjectInfo | VersionInfo): boolean {
  if (!('isLatest' in seen)) {
    return isSame(now.object, seen);
  }
  return now.noncurrentSince === seen.noncurrentSince && isSame(now.object, seen.object);
}

function isSame(now: ObjectInfo | undefined, seen: ObjectInfo | undefined): boolean {
  return (
    now?.versionId === seen?.versionId &&
    now?.etag === seen?.etag &&
    now?.lastModified === seen?.lastModified &&
    formatStrings(now?.attributes) === formatStrings(seen?.attributes)
  );
}

import { type BucketInfo, type Deletion, NULL_VERSION, type ObjectInfo } from '../types.ts';
import type { StoreContext } from './context.ts';
import type { StoredObject, StoredVersion } from './sql/rows.ts';
import { newVersionId } from './version-id.ts';

/** All of this runs inside a transaction. `released` are contents whose files may go afterwards. */
interface Changed<T> {
  result: T;
  released: readonly number[];
}

/** Makes the key stand for a new object; what it stood for becomes a version where versions are kept. */
export function placeObject(
  context: StoreContext,
  bucket: BucketInfo,
  info: ObjectInfo,
  content: number,
): Changed<ObjectInfo> {
  const { sql } = context;
  if (bucket.versioning === undefined) {
    const old = sql.findObject(info.bucket, info.key);
    sql.saveObject({ info, content, sequence: 0 });
    return { result: info, released: old === undefined ? [] : sql.releaseContent(old.content) };
  }
  const { sequence, versionId, released } = makeRoom(context, bucket, info.key, info.lastModified);
  const result = { ...info, versionId };
  sql.saveObject({ info: result, content, sequence });
  return { result, released };
}

/** Makes the key stand for nothing, by a delete marker. For buckets that keep versions. */
export function placeMarker(context: StoreContext, bucket: BucketInfo, key: string): Changed<Deletion> {
  const lastModified = context.clock.now();
  const { sequence, versionId, released } = makeRoom(context, bucket, key, lastModified);
  context.sql.saveVersion(bucket.name, key, {
    versionId,
    sequence,
    lastModified,
    superseded: undefined,
    object: undefined,
  });
  return { result: { versionId, isMarker: true }, released };
}

/**
 * Takes a version away for good. If the key stood for it, it stands for the newest one that is left. `isLatest` tells
 * whether it did, `now` for which object it stands since.
 */
export function removeVersion(
  context: StoreContext,
  bucket: string,
  key: string,
  versionId: string,
): Changed<{ deletion: Deletion; wasLatest: boolean; now: ObjectInfo | undefined }> {
  const { sql } = context;
  const current = sql.findObject(bucket, key);
  const isCurrent = current?.info.versionId === versionId;
  const version = isCurrent ? asVersion(current, undefined) : sql.findVersion(bucket, key, versionId);
  if (version === undefined) {
    return {
      result: { deletion: { versionId, isMarker: false }, wasLatest: false, now: undefined },
      released: [],
    };
  }
  if (isCurrent) {
    sql.deleteObject(bucket, key);
  } else {
    sql.deleteVersion(bucket, key, version.sequence);
  }
  const wasLatest = version.superseded === undefined;
  return {
    result: {
      deletion: { versionId, isMarker: version.object === undefined },
      wasLatest,
      now: wasLatest ? promoteNewest(context, bucket, key) : undefined,
    },
    released: release(context, version),
  };
}

/** Sets aside what the key stands for, as superseded at `now`, and gives what the next version is to be called. */
function makeRoom(
  context: StoreContext,
  { name, versioning }: BucketInfo,
  key: string,
  now: number,
): { sequence: number; versionId: string; released: readonly number[] } {
  const { sql } = context;
  const current = sql.findObject(name, key);
  const newest = sql.findNewestVersion(name, key);
  if (current !== undefined) {
    sql.deleteObject(name, key);
    sql.saveVersion(name, key, asVersion(current, now));
  } else if (newest !== undefined) {
    sql.saveVersion(name, key, { ...newest, superseded: now });
  }
  // Microseconds, so that ids tell versions of different keys apart, too; a clock that was set back must not matter.
  const sequence = Math.max(now * 1000, ((current ?? newest)?.sequence ?? 0) + 1);
  if (versioning === 'Enabled') {
    return { sequence, versionId: newVersionId(sequence), released: [] };
  }
  const replaced = sql.findVersion(name, key, NULL_VERSION);
  if (replaced !== undefined) {
    sql.deleteVersion(name, key, replaced.sequence);
  }
  return {
    sequence,
    versionId: NULL_VERSION,
    released: replaced === undefined ? [] : release(context, replaced),
  };
}

function promoteNewest({ sql }: StoreContext, bucket: string, key: string): ObjectInfo | undefined {
  const newest = sql.findNewestVersion(bucket, key);
  if (newest === undefined) {
    return undefined;
  }
  const { object } = newest;
  if (object === undefined) {
    sql.saveVersion(bucket, key, { ...newest, superseded: undefined });
    return undefined;
  }
  sql.deleteVersion(bucket, key, newest.sequence);
  sql.saveObject(object);
  return object.info;
}

function asVersion(object: StoredObject, superseded: number | undefined): StoredVersion {
  const { versionId, lastModified } = object.info;
  return { versionId, sequence: object.sequence, lastModified, superseded, object };
}

function release({ sql }: StoreContext, { object }: StoredVersion): readonly number[] {
  return object === undefined ? [] : sql.releaseContent(object.content);
}

import { checkKey } from '../../names/check-key.ts';
import type { ChangeOptions, Deletion, ObjectInfo } from '../../types.ts';
import { commitChange, requireBucket, type StoreContext } from '../context.ts';
import { requireStill } from '../require-still.ts';
import { placeMarker, removeVersion } from '../versions.ts';

/** What becomes of the key: gone, standing for an object again, or what it was. */
type Outcome = { deletion: Deletion; change: 'deleted' | 'none' | ObjectInfo };

export async function deleteObject(
  context: StoreContext,
  bucket: string,
  key: string,
  { versionId, ifStill }: ChangeOptions,
): Promise<Deletion> {
  checkKey(key);
  const { watchers } = context;
  const { deletion, change } = await commitChange<Outcome>(context, () => {
    const info = requireBucket(context, bucket);
    if (ifStill !== undefined) {
      requireStill(context, bucket, key, versionId, ifStill);
    }
    if (versionId !== undefined) {
      return deleteVersion(context, bucket, key, versionId);
    }
    if (info.versioning !== undefined) {
      const { result, released } = placeMarker(context, info, key);
      return { result: { deletion: result, change: 'deleted' }, released };
    }
    return deleteForGood(context, bucket, key);
  });
  if (change === 'deleted') {
    watchers.notify({ kind: 'delete', bucket, key });
  } else if (change !== 'none') {
    watchers.notify({ kind: 'put', info: change });
  }
  return deletion;
}

function deleteForGood(
  { sql }: StoreContext,
  bucket: string,
  key: string,
): { result: Outcome; released: readonly number[] } {
  const deletion = { isMarker: false };
  const old = sql.findObject(bucket, key);
  if (old === undefined) {
    return { result: { deletion, change: 'none' }, released: [] };
  }
  sql.deleteObject(bucket, key);
  return { result: { deletion, change: 'deleted' }, released: sql.releaseContent(old.content) };
}

function deleteVersion(
  context: StoreContext,
  bucket: string,
  key: string,
  versionId: string,
): { result: Outcome; released: readonly number[] } {
  const { result, released } = removeVersion(context, bucket, key, versionId);
  const { deletion, wasLatest, now } = result;
  // Where the latest was a delete marker, nothing was there that could go.
  const change = now ?? (wasLatest && !deletion.isMarker ? 'deleted' : 'none');
  return { result: { deletion, change }, released };
}

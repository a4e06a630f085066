import { type ObjectInfo, type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import { requireAccess } from '../gateway/access.ts';
import { requireObjectGrant } from '../gateway/grants.ts';
import type { OssCall } from '../gateway/oss-call.ts';
import { invalidTargetType, symlinkTargetNotExist } from '../gateway/oss-errors.ts';
import { SYMLINK } from './attributes.ts';

/** An object, and what it stands for when it is a symlink (else itself, too). */
export interface Followed {
  info: ObjectInfo;
  target: ObjectInfo;
}

/**
 * Looks an object (or a version of it) up and follows it one step if it is a symlink, to what its target is now: links
 * to links are not followed (spec/oss.md §1.7).
 * Who may read the link must be one who may read what it stands for.
 * @throws OssError AccessDenied, SymlinkTargetNotExist, InvalidTargetType; ObjectStoreError NoSuchKey, NoSuchBucket
 */
export async function followSymlink({ store, account, bucket, key, versionId }: OssCall): Promise<Followed> {
  const info = await store.head(bucket, key, versionId);
  const name = info.attributes[SYMLINK];
  if (name === undefined) {
    return { info, target: info };
  }
  requireObjectGrant(account, bucket, name, 'read');
  await requireAccess(store, account, { bucket, key: name }, 'read');
  const target = await headTarget(store, bucket, name);
  if (target.attributes[SYMLINK] !== undefined) {
    throw invalidTargetType(name);
  }
  return { info, target };
}

/** What readers are shown: the target's bytes and ETag, under the link's own name, metadata and date. */
export function shownInfo({ info, target }: Followed): ObjectInfo {
  if (info === target) {
    return info;
  }
  const { size, etag, crc64, contentType, headers } = target;
  return { ...info, size, etag, crc64, contentType, headers };
}

async function headTarget(store: ObjectStore, bucket: string, key: string): Promise<ObjectInfo> {
  try {
    return await store.head(bucket, key);
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === 'NoSuchKey') {
      throw symlinkTargetNotExist(key);
    }
    throw error;
  }
}

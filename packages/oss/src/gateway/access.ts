import type { BucketInfo, ObjectStore } from '@rebatch/objects';
import type { AccessKey } from '../keyring.ts';
import { accessDenied } from './oss-errors.ts';

/**
 * Who may: `account` anybody with a key (no bucket is looked at); `owner` the bucket's owner; `read` and `write`
 * also those whom the bucket's ACL lets in, with or without a key.
 */
export type Access = 'account' | 'owner' | 'read' | 'write';

const OPEN_TO: Record<Exclude<Access, 'account'>, readonly string[]> = {
  owner: [],
  read: ['public-read', 'public-read-write'],
  write: ['public-read-write'],
};

/**
 * The bucket, if `account` may use it so.
 * @throws OssError AccessDenied; ObjectStoreError NoSuchBucket
 */
export async function requireAccess(
  store: ObjectStore,
  bucket: string,
  account: AccessKey | undefined,
  access: Exclude<Access, 'account'>,
): Promise<BucketInfo> {
  const info = await store.getBucket(bucket);
  if (info.owner !== account?.owner && !OPEN_TO[access].includes(info.acl)) {
    throw accessDenied();
  }
  return info;
}

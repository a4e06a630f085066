import type { BucketInfo, ObjectStore } from '@rebatch/objects';
import { readPolicy } from '../configs/bucket-policy.ts';
import type { AccessKey } from '../keyring.ts';
import { OBJECT_ACL } from '../wire/attributes.ts';
import { accessDenied } from './oss-errors.ts';

/**
 * Who may: `account` anybody with a key (no bucket is looked at); `owner` the bucket's owner; the others also
 * those whom a policy or, for objects, an ACL lets in, with or without a key.
 */
export type Access = 'account' | 'owner' | 'list' | 'listVersions' | 'read' | 'write' | 'delete';

/** What a request is about: an object (or a version), the keys below a prefix (`list`), or the bucket (an empty key). */
export interface Subject {
  bucket: string;
  key: string;
  versionId?: string | undefined;
}

/** What policies call it. */
const ACTIONS = {
  list: 'oss:ListObjects',
  listVersions: 'oss:ListObjectVersions',
  read: 'oss:GetObject',
  write: 'oss:PutObject',
  delete: 'oss:DeleteObject',
};

/** The same for a version that is named: what one may do to an object is not yet what one may do to its past. */
const VERSION_ACTIONS = { ...ACTIONS, read: 'oss:GetObjectVersion', delete: 'oss:DeleteObjectVersion' };

const OPEN_TO = {
  read: ['public-read', 'public-read-write'],
  write: ['public-read-write'],
  delete: ['public-read-write'],
};

/**
 * The bucket, if `account` may use the subject so. A policy's word goes before the ACLs, an object's ACL before the
 * bucket's. What a limited key may do is asked elsewhere, too (grants.ts).
 * @throws OssError AccessDenied; ObjectStoreError NoSuchBucket
 */
export async function requireAccess(
  store: ObjectStore,
  account: AccessKey | undefined,
  subject: Subject,
  access: Exclude<Access, 'account'>,
): Promise<BucketInfo> {
  const info = await store.getBucket(subject.bucket);
  if (info.owner !== account?.owner && !(await isLetIn(store, info, account, subject, access))) {
    throw accessDenied();
  }
  return info;
}

async function isLetIn(
  store: ObjectStore,
  bucket: BucketInfo,
  account: AccessKey | undefined,
  { key, versionId }: Subject,
  access: Exclude<Access, 'account'>,
): Promise<boolean> {
  if (access === 'owner') {
    return false;
  }
  const document = await store.getBucketConfig(bucket.name, 'policy');
  if (document !== undefined) {
    const resource = isListing(access) ? bucket.name : `${bucket.name}/${key}`;
    const action = (versionId === undefined ? ACTIONS : VERSION_ACTIONS)[access];
    const verdict = readPolicy(document)(account?.owner, action, resource);
    if (verdict !== undefined) {
      return verdict === 'allow';
    }
  }
  // An ACL that lets anybody write does not let anybody destroy what writing would have kept.
  const isDestruction = access === 'delete' && versionId !== undefined;
  return (
    !isListing(access) &&
    !isDestruction &&
    OPEN_TO[access].includes(await effectiveAcl(store, bucket, key, versionId))
  );
}

function isListing(access: Access): access is 'list' | 'listVersions' {
  return access === 'list' || access === 'listVersions';
}

async function effectiveAcl(
  store: ObjectStore,
  bucket: BucketInfo,
  key: string,
  versionId: string | undefined,
): Promise<string> {
  if (key === '') {
    return bucket.acl;
  }
  const own = await store.head(bucket.name, key, versionId).then(
    ({ attributes }) => attributes[OBJECT_ACL],
    // What is not there has no ACL of its own.
    () => undefined,
  );
  return own ?? bucket.acl;
}

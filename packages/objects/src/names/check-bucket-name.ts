import { ObjectStoreError } from '../object-store-error.ts';

const BUCKET_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** Whether `name` may be a bucket: 3 to 63 of a–z, 0–9 and `-`, no `-` at either end (spec/oss.md §1.7 PutBucket). */
export function isBucketName(name: string): boolean {
  return BUCKET_NAME.test(name);
}

/** @throws ObjectStoreError InvalidBucketName */
export function checkBucketName(name: string): void {
  if (!isBucketName(name)) {
    throw new ObjectStoreError('InvalidBucketName', `The bucket name ${JSON.stringify(name)} is not valid.`);
  }
}

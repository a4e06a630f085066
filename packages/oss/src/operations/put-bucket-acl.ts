import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { readAcl } from '../wire/read-acl.ts';

/** PUT ?acl. Making a bucket again with another ACL changes just that. */
export async function putBucketAcl({ request, store, bucket, bucketInfo }: OssCall): Promise<OssReply> {
  const acl = readAcl(request.header('x-oss-acl'), 'x-oss-acl');
  if (acl === undefined || bucketInfo === undefined) {
    throw invalidArgument('The header x-oss-acl says what the ACL is to be.', 'x-oss-acl');
  }
  await store.createBucket(bucket, bucketInfo.owner, { acl });
  return { status: 200 };
}

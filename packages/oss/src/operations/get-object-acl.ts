import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { aclDocument } from '../wire/acl-document.ts';
import { OBJECT_ACL } from '../wire/attributes.ts';

/** GET ?acl of an object: its own, or `default` when it has none. */
export async function getObjectAcl({ store, bucket, key, bucketInfo }: OssCall): Promise<OssReply> {
  const { attributes } = await store.head(bucket, key);
  return { status: 200, body: aclDocument(bucketInfo?.owner ?? '', attributes[OBJECT_ACL] ?? 'default') };
}

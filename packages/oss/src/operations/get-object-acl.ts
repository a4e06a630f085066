import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { aclDocument } from '../wire/acl-document.ts';
import { OBJECT_ACL } from '../wire/attributes.ts';
import { versionHeaders } from '../wire/version.ts';

/** GET ?acl of an object: its own, or `default` when it has none. */
export async function getObjectAcl({
  store,
  bucket,
  key,
  versionId,
  bucketInfo,
}: OssCall): Promise<OssReply> {
  const info = await store.head(bucket, key, versionId);
  return {
    status: 200,
    headers: versionHeaders({ bucketInfo }, info),
    body: aclDocument(bucketInfo?.owner ?? '', info.attributes[OBJECT_ACL] ?? 'default'),
  };
}

import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { aclDocument } from '../wire/acl-document.ts';

export async function getBucketAcl({ store, bucket }: OssCall): Promise<OssReply> {
  const { owner, acl } = await store.getBucket(bucket);
  return { status: 200, body: aclDocument(owner, acl) };
}

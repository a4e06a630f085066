import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { ownerElement } from '../wire/bucket-elements.ts';
import { writeXml } from '../xml/write-xml.ts';

export async function getBucketAcl({ store, bucket }: OssCall): Promise<OssReply> {
  const info = await store.getBucket(bucket);
  return {
    status: 200,
    body: writeXml('AccessControlPolicy', [
      ownerElement(info.owner),
      ['AccessControlList', [['Grant', info.acl]]],
    ]),
  };
}

import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { REDUNDANCY } from '../wire/attributes.ts';
import { bucketElements, ownerElement } from '../wire/bucket-elements.ts';
import { writeXml } from '../xml/write-xml.ts';

/** GET ?bucketInfo. The elements behind Owner are what oss2 asks for besides (spec/oss.md §1.1). */
export async function getBucketInfo(call: OssCall): Promise<OssReply> {
  const info = await call.store.getBucket(call.bucket);
  // Only rules that name AES256 are ever kept.
  const encryption = await call.store.getBucketConfig(call.bucket, 'encryption');
  return {
    status: 200,
    body: writeXml('BucketInfo', [
      [
        'Bucket',
        [
          ...bucketElements(call, info),
          ownerElement(info.owner),
          ['AccessControlList', [['Grant', info.acl]]],
          ['Comment', ''],
          ['DataRedundancyType', info.attributes[REDUNDANCY] ?? 'LRS'],
          ['Versioning', info.versioning],
          // Clients read these without a look; there is nothing of the kind here.
          ['AccessMonitor', 'Disabled'],
          ['BlockPublicAccess', false],
          ['CrossRegionReplication', 'Disabled'],
          ['TransferAcceleration', 'Disabled'],
          ['ServerSideEncryptionRule', [['SSEAlgorithm', encryption === undefined ? 'None' : 'AES256']]],
        ],
      ],
    ]),
  };
}

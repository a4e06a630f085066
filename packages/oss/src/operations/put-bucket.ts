import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { accessDenied, invalidArgument } from '../gateway/oss-errors.ts';
import { REDUNDANCY, STORAGE_CLASS } from '../wire/attributes.ts';
import { readAcl } from '../wire/read-acl.ts';
import { readBody } from '../wire/read-body.ts';
import { isEncrypted } from '../wire/requested-attributes.ts';
import { readStorageClass } from '../wire/storage-class.ts';
import { readXml, type XmlElement } from '../xml/read-xml.ts';
import { writeXml } from '../xml/write-xml.ts';
import { encryptionKind } from '../configs/config-kinds.ts';

const BODY_LIMIT = 64 * 1024;

/**
 * Makes a bucket; again by its owner is no error, and leaves it the storage class that it has. The redundancy is kept and
 * told; where the bytes are is the operator's choice. A header may set its encryption rule at once.
 */
export async function putBucket(call: OssCall): Promise<OssReply> {
  const { request, store, account, bucket } = call;
  if (account === undefined) {
    throw accessDenied();
  }
  const body = await readBody(request, BODY_LIMIT);
  const attributes = body.trim() === '' ? {} : readAttributes(readXml(body, 'CreateBucketConfiguration'));
  const acl = readAcl(request.header('x-oss-acl'), 'x-oss-acl');
  const encrypt = isEncrypted(request);
  await store.createBucket(bucket, account.owner, { ...(acl !== undefined && { acl }), attributes });
  if (encrypt) {
    const { name, attributes: change } = encryptionKind;
    const rule = writeXml('ServerSideEncryptionRule', [
      ['ApplyServerSideEncryptionByDefault', [['SSEAlgorithm', 'AES256']]],
    ]);
    await store.setBucketConfig(bucket, name, rule, change?.(rule));
  }
  return { status: 200, headers: { Location: `/${bucket}` } };
}

function readAttributes(root: XmlElement): Record<string, string> {
  const storageClass = readStorageClass(root.text('StorageClass')?.trim());
  const redundancy = root.text('DataRedundancyType')?.trim() ?? 'LRS';
  if (redundancy !== 'LRS' && redundancy !== 'ZRS') {
    throw invalidArgument('The redundancy is LRS or ZRS.', 'DataRedundancyType', redundancy);
  }
  return {
    ...(storageClass !== 'Standard' && { [STORAGE_CLASS]: storageClass }),
    ...(redundancy !== 'LRS' && { [REDUNDANCY]: redundancy }),
  };
}

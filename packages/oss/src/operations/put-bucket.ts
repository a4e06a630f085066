import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { accessDenied } from '../gateway/oss-errors.ts';
import { STORAGE_CLASS } from '../wire/attributes.ts';
import { readAcl } from '../wire/read-acl.ts';
import { readBody } from '../wire/read-body.ts';
import { readStorageClass } from '../wire/storage-class.ts';
import { readXml } from '../xml/read-xml.ts';

const BODY_LIMIT = 64 * 1024;

/**
 * Makes a bucket; again by its owner is no error, and leaves it the storage class that it has. The body's redundancy is
 * read and not kept: there is one disk here.
 */
export async function putBucket({ request, store, account, bucket }: OssCall): Promise<OssReply> {
  if (account === undefined) {
    throw accessDenied();
  }
  const storageClass = readClass(await readBody(request, BODY_LIMIT));
  const acl = readAcl(request.header('x-oss-acl'), 'x-oss-acl');
  await store.createBucket(bucket, account.owner, {
    ...(acl !== undefined && { acl }),
    attributes: storageClass === 'Standard' ? {} : { [STORAGE_CLASS]: storageClass },
  });
  return { status: 200, headers: { Location: `/${bucket}` } };
}

function readClass(body: string): string {
  return body.trim() === ''
    ? 'Standard'
    : readStorageClass(readXml(body, 'CreateBucketConfiguration').text('StorageClass')?.trim());
}

import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { accessDenied } from '../gateway/oss-errors.ts';
import { readAcl } from '../wire/read-acl.ts';
import { readBody } from '../wire/read-body.ts';
import { readXml } from '../xml/read-xml.ts';

const BODY_LIMIT = 64 * 1024;

/**
 * Makes a bucket; again by its owner is no error. The body's storage class and redundancy are read and not kept:
 * there is one class here.
 */
export async function putBucket({ request, store, account, bucket }: OssCall): Promise<OssReply> {
  if (account === undefined) {
    throw accessDenied();
  }
  const body = await readBody(request, BODY_LIMIT);
  if (body.trim() !== '') {
    readXml(body, 'CreateBucketConfiguration');
  }
  const acl = readAcl(request.header('x-oss-acl'), 'x-oss-acl');
  await store.createBucket(bucket, account.owner, acl === undefined ? {} : { acl });
  return { status: 200, headers: { Location: `/${bucket}` } };
}

import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { OBJECT_ACL } from '../wire/attributes.ts';
import { readAcl } from '../wire/read-acl.ts';

/** PUT ?acl of an object; `default` goes back to the bucket's. */
export async function putObjectAcl({ request, store, bucket, key }: OssCall): Promise<OssReply> {
  const acl = readAcl(request.header('x-oss-object-acl'), 'x-oss-object-acl');
  if (acl === undefined) {
    throw invalidArgument('The header x-oss-object-acl says what the ACL is to be.', 'x-oss-object-acl');
  }
  await store.setAttributes(bucket, key, { [OBJECT_ACL]: acl === 'default' ? undefined : acl });
  return { status: 200 };
}

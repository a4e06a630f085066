import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { OBJECT_ACL } from '../wire/attributes.ts';
import { setAttribute } from '../wire/set-attribute.ts';
import { readAcl } from '../wire/read-acl.ts';

/** PUT ?acl of an object; `default` goes back to the bucket's. */
export async function putObjectAcl(call: OssCall): Promise<OssReply> {
  const acl = readAcl(call.request.header('x-oss-object-acl'), 'x-oss-object-acl');
  if (acl === undefined) {
    throw invalidArgument('The header x-oss-object-acl says what the ACL is to be.', 'x-oss-object-acl');
  }
  return setAttribute(call, OBJECT_ACL, acl === 'default' ? undefined : acl, 200);
}

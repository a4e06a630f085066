import { invalidArgument } from '../gateway/oss-errors.ts';

const ACLS = ['private', 'public-read', 'public-read-write'];

/**
 * The ACL that `x-oss-acl` names, if it is there.
 * @throws OssError InvalidArgument
 */
export function readAcl(acl: string | undefined): string | undefined {
  if (acl !== undefined && !ACLS.includes(acl)) {
    throw invalidArgument(`An ACL is one of ${ACLS.join(', ')}.`, 'x-oss-acl', acl);
  }
  return acl;
}

import { invalidArgument } from '../gateway/oss-errors.ts';

const BUCKET_ACLS = ['private', 'public-read', 'public-read-write'];
const OBJECT_ACLS = [...BUCKET_ACLS, 'default'];

/**
 * The ACL that the header of that name says, if it is there; `default` is for objects only.
 * @throws OssError InvalidArgument
 */
export function readAcl(
  acl: string | undefined,
  header: 'x-oss-acl' | 'x-oss-object-acl',
): string | undefined {
  const known = header === 'x-oss-acl' ? BUCKET_ACLS : OBJECT_ACLS;
  if (acl !== undefined && !known.includes(acl)) {
    throw invalidArgument(`An ACL is one of ${known.join(', ')}.`, header, acl);
  }
  return acl;
}

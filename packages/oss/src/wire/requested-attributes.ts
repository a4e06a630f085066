import type { OssCall } from '../gateway/oss-call.ts';
import { accessDenied, invalidArgument, notImplemented } from '../gateway/oss-errors.ts';
import type { OssRequest } from '../gateway/oss-request.ts';
import { ENCRYPTION, OBJECT_ACL, STORAGE_CLASS, TAGGING } from './attributes.ts';
import { readAcl } from './read-acl.ts';
import { readStorageClass } from './storage-class.ts';
import { formatTags, parseTags, requireObjectTags } from './tags.ts';

/**
 * What the headers of a writing request ask to be kept with the object besides its metadata, and what the bucket says
 * of all its new objects.
 * @throws OssError InvalidArgument, InvalidTag, AccessDenied, NotImplemented
 */
export function requestedAttributes({ request, account, bucketInfo }: OssCall): Record<string, string> {
  const attributes: Record<string, string> = {};
  const acl = requestedAcl({ request, account });
  if (acl !== undefined && acl !== 'default') {
    attributes[OBJECT_ACL] = acl;
  }
  const tags = requireObjectTags(parseTags(request.header('x-oss-tagging') ?? ''));
  if (tags.length > 0) {
    attributes[TAGGING] = formatTags(tags);
  }
  const storageClass = readStorageClass(
    request.header('x-oss-storage-class') ?? bucketInfo?.attributes[STORAGE_CLASS],
  );
  if (storageClass !== 'Standard') {
    attributes[STORAGE_CLASS] = storageClass;
  }
  if (isEncrypted(request) || bucketInfo?.attributes[ENCRYPTION] !== undefined) {
    attributes[ENCRYPTION] = 'AES256';
  }
  return attributes;
}

/**
 * The ACL that a writing request asks for its object, `default` to have the bucket's; none when it does not ask.
 * @throws OssError InvalidArgument, AccessDenied
 */
function requestedAcl({ request, account }: Pick<OssCall, 'request' | 'account'>): string | undefined {
  const acl = readAcl(request.header('x-oss-object-acl'), 'x-oss-object-acl');
  if (acl !== undefined && acl !== 'default' && account?.grants !== undefined) {
    throw accessDenied('A limited access key cannot say who else may read.');
  }
  return acl;
}

/**
 * The same as a change to the attributes of an object that is there.
 * @throws OssError InvalidArgument, AccessDenied
 */
export function requestedAclChange(
  call: Pick<OssCall, 'request' | 'account'>,
): Record<string, string | undefined> {
  const acl = requestedAcl(call);
  return acl === undefined ? {} : { [OBJECT_ACL]: acl === 'default' ? undefined : acl };
}

/**
 * Whether a request asks for encryption. Keys of a key server cannot be had here, so nothing may be promised about them.
 * @throws OssError NotImplemented, InvalidArgument
 */
export function isEncrypted(request: OssRequest): boolean {
  const header = 'x-oss-server-side-encryption';
  const algorithm = request.header(header);
  if (algorithm === 'KMS' || algorithm === 'SM4' || request.header(`${header}-key-id`) !== undefined) {
    throw notImplemented(header);
  }
  if (algorithm !== undefined && algorithm !== 'AES256') {
    throw invalidArgument('The encryption is AES256.', header, algorithm);
  }
  return algorithm !== undefined;
}

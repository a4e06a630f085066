import type { ObjectInfo } from '@rebatch/objects';
import { requireAccess } from '../gateway/access.ts';
import { requireObjectGrant } from '../gateway/grants.ts';
import type { OssCall } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { checkConditions } from './check-conditions.ts';
import { requireReadable } from './require-readable.ts';
import { decodeHeaderName } from './decode-header-name.ts';

export const COPY_SOURCE = 'x-oss-copy-source';

export interface CopySource {
  bucket: string;
  key: string;
  info: ObjectInfo;
}

/**
 * The object named by `x-oss-copy-source`, if the caller may read it; nothing when a condition says that the caller
 * has it already.
 * @throws OssError InvalidArgument, AccessDenied, PreconditionFailed; ObjectStoreError NoSuchBucket, NoSuchKey
 */
export async function findCopySource(call: OssCall): Promise<CopySource | undefined> {
  const { request, store, account } = call;
  const name = parseName(request.header(COPY_SOURCE) ?? '');
  requireObjectGrant(account, name.bucket, name.key, 'read');
  await requireAccess(store, account, name, 'read');
  const info = await store.head(name.bucket, name.key);
  requireReadable(info, request.received);
  const answer = checkConditions(info, {
    ifMatch: request.header(`${COPY_SOURCE}-if-match`),
    ifNoneMatch: request.header(`${COPY_SOURCE}-if-none-match`),
    ifModifiedSince: request.header(`${COPY_SOURCE}-if-modified-since`),
    ifUnmodifiedSince: request.header(`${COPY_SOURCE}-if-unmodified-since`),
  });
  return answer === 'not modified' ? undefined : { ...name, info };
}

/** `/bucket/key`: percent-encoded, slashes of the key as `%2F` or not, the slash in front optional. */
function parseName(source: string): { bucket: string; key: string } {
  const [encoded = ''] = source.split('?');
  const path = decodeHeaderName(encoded).replace(/^\//, '');
  const slash = path.indexOf('/');
  if (slash < 1 || slash === path.length - 1) {
    throw invalidArgument('The copy source must be /bucket/key.', COPY_SOURCE, source);
  }
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

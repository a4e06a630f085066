import { type ObjectInfo, type ObjectName, type ObjectStore, ObjectStoreError } from '@rebatch/objects';
import { requireAccess } from '../gateway/access.ts';
import { requireObjectGrant } from '../gateway/grants.ts';
import type { OssCall } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { checkConditions } from './check-conditions.ts';
import { requireReadable } from './require-readable.ts';
import { decodeHeaderName } from './decode-header-name.ts';
import { parseQuery } from './parse-query.ts';
import { readVersionId } from './version.ts';

export const COPY_SOURCE = 'x-oss-copy-source';

export interface CopySource extends ObjectName {
  info: ObjectInfo;
  /** What the answer says of it: which version it is. */
  headers: Record<string, string>;
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
  const bucketInfo = await requireAccess(store, account, name, 'read');
  const info = await headSource(store, name);
  requireReadable(info, request.received);
  const answer = checkConditions(info, {
    ifMatch: request.header(`${COPY_SOURCE}-if-match`),
    ifNoneMatch: request.header(`${COPY_SOURCE}-if-none-match`),
    ifModifiedSince: request.header(`${COPY_SOURCE}-if-modified-since`),
    ifUnmodifiedSince: request.header(`${COPY_SOURCE}-if-unmodified-since`),
  });
  if (answer === 'not modified') {
    return undefined;
  }
  const isVersioned = bucketInfo.versioning !== undefined;
  return { ...name, info, headers: isVersioned ? { [`${COPY_SOURCE}-version-id`]: info.versionId } : {} };
}

/** A delete marker has nothing to copy: there is no object, then. */
async function headSource(store: ObjectStore, { bucket, key, versionId }: ObjectName): Promise<ObjectInfo> {
  try {
    return await store.head(bucket, key, versionId);
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === 'MethodNotAllowed') {
      throw new ObjectStoreError('NoSuchKey', error.message, {
        cause: error,
        deleteMarker: error.deleteMarker,
      });
    }
    throw error;
  }
}

/** `/bucket/key[?versionId=…]`: percent-encoded, slashes of the key as `%2F` or not, the slash in front optional. */
function parseName(source: string): ObjectName {
  const [encoded = '', query = ''] = source.split('?');
  const path = decodeHeaderName(encoded).replace(/^\//, '');
  const slash = path.indexOf('/');
  if (slash < 1 || slash === path.length - 1) {
    throw invalidArgument('The copy source must be /bucket/key.', COPY_SOURCE, source);
  }
  const versionId = readVersionId(new Map(parseQuery(query)));
  return {
    bucket: path.slice(0, slash),
    key: path.slice(slash + 1),
    ...(versionId !== undefined && { versionId }),
  };
}

import { type BucketInfo, isVersionId, NULL_VERSION } from '@rebatch/objects';
import { invalidArgument } from '../gateway/oss-errors.ts';

/** Query parameter that names a version of an object. */
export const VERSION_ID = 'versionId';

/**
 * The version that a parameter names; none when it is not there.
 * @throws OssError InvalidArgument when no version can have that id
 */
export function readVersionId(params: ReadonlyMap<string, string>, name = VERSION_ID): string | undefined {
  const id = params.get(name);
  if (id !== undefined && !isVersionId(id)) {
    throw invalidArgument('Invalid version id specified.', name, id);
  }
  return id;
}

/** The header that tells of a version; nothing where the bucket never kept any. */
export function versionHeaders(
  { bucketInfo }: { bucketInfo: BucketInfo | undefined },
  { versionId = NULL_VERSION }: { versionId?: string },
): Record<string, string> {
  return bucketInfo?.versioning === undefined ? {} : { 'x-oss-version-id': versionId };
}

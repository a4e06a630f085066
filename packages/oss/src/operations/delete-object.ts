import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { versionHeaders } from '../wire/version.ts';

/**
 * 204 whether or not the object was there. In a bucket with versions the answer names the one that is gone, or the
 * delete marker that was put in front of the object.
 */
export async function deleteObject({
  store,
  bucket,
  key,
  versionId,
  bucketInfo,
}: OssCall): Promise<OssReply> {
  const deletion = await store.delete(bucket, key, versionId === undefined ? {} : { versionId });
  return {
    status: 204,
    headers: {
      ...versionHeaders({ bucketInfo }, deletion),
      ...(deletion.isMarker && { 'x-oss-delete-marker': 'true' }),
    },
  };
}

import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { writeXml } from '../xml/write-xml.ts';

/** GET ?stat. Everything is of the class Standard here. */
export async function getBucketStat({ store, bucket, request }: OssCall): Promise<OssReply> {
  const { bytes, objects, deleteMarkers, uploads } = await store.statBucket(bucket);
  return {
    status: 200,
    body: writeXml('BucketStat', [
      ['Storage', bytes],
      ['ObjectCount', objects],
      ['MultipartUploadCount', uploads],
      ['LiveChannelCount', 0],
      ['LastModifiedTime', Math.floor(request.received / 1000)],
      ['StandardStorage', bytes],
      ['StandardObjectCount', objects],
      ['DeleteMarkerCount', deleteMarkers],
    ]),
  };
}

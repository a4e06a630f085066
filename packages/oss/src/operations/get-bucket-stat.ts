import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { STORAGE_CLASS } from '../wire/attributes.ts';
import { type XmlPair, writeXml } from '../xml/write-xml.ts';

/** What the document calls the classes other than Standard. */
const COUNTED = [
  ['IA', 'InfrequentAccess'],
  ['Archive', 'Archive'],
  ['ColdArchive', 'ColdArchive'],
  ['DeepColdArchive', 'DeepColdArchive'],
] as const;

/** GET ?stat. Nothing is billed by a least size here, so that the real storage is the storage. */
export async function getBucketStat({ store, bucket, request }: OssCall): Promise<OssReply> {
  const { bytes, objects, deleteMarkers, uploads } = await store.statBucket(bucket);
  const byClass = await store.statAttribute(bucket, STORAGE_CLASS);
  const counts = COUNTED.map(([storageClass, name]) => ({
    name,
    ...(byClass.get(storageClass) ?? { objects: 0, bytes: 0 }),
  }));
  const sum = (key: 'objects' | 'bytes'): number => counts.reduce((total, count) => total + count[key], 0);
  return {
    status: 200,
    body: writeXml('BucketStat', [
      ['Storage', bytes],
      ['ObjectCount', objects],
      ['MultipartUploadCount', uploads],
      ['LiveChannelCount', 0],
      ['LastModifiedTime', Math.floor(request.received / 1000)],
      ['StandardStorage', bytes - sum('bytes')],
      ['StandardObjectCount', objects - sum('objects')],
      ...counts.flatMap((count): XmlPair[] => [
        [`${count.name}Storage`, count.bytes],
        [`${count.name}RealStorage`, count.bytes],
        [`${count.name}ObjectCount`, count.objects],
      ]),
      ['DeleteMarkerCount', deleteMarkers],
    ]),
  };
}

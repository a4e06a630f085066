import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { MAX_BUCKET_TAGS, readTagging, writeTagging } from '../wire/tags.ts';
import { readXml } from '../xml/read-xml.ts';

/** DELETE ?tagging: all tags of the bucket, or with `tagging=a,b` those; 204 whether or not there were any. */
export async function deleteBucketTagging({ request, store, bucket }: OssCall): Promise<OssReply> {
  const doomed = (request.params.get('tagging') ?? '').split(',').filter((key) => key !== '');
  const document = await store.getBucketConfig(bucket, 'tagging');
  const tags = document === undefined ? [] : readTagging(readXml(document, 'Tagging'), MAX_BUCKET_TAGS);
  const left = doomed.length === 0 ? [] : tags.filter(([key]) => !doomed.includes(key));
  await store.setBucketConfig(bucket, 'tagging', left.length === 0 ? undefined : writeTagging(left));
  return { status: 204 };
}

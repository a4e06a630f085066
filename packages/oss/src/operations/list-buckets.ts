import type { BucketInfo, ObjectStore } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { bucketElements, ownerElement } from '../wire/bucket-elements.ts';
import { pageSize } from '../wire/page-size.ts';
import { MAX_BUCKET_TAGS, readTagging } from '../wire/tags.ts';
import { readXml } from '../xml/read-xml.ts';
import { type XmlPair, writeXml } from '../xml/write-xml.ts';

/**
 * GetService: the caller's buckets, with `tag-key` (and `tag-value`) those that have the tag. Paging elements appear only
 * when there is more than one page to tell of.
 */
export async function listBuckets({ request, ...call }: OssCall): Promise<OssReply> {
  const { params } = request;
  const prefix = params.get('prefix') ?? '';
  const marker = params.get('marker') ?? '';
  const max = pageSize(params, 'max-keys', 100, 1000);
  const owner = call.account?.owner ?? '';
  const named = (await call.store.listBuckets(owner)).filter(
    ({ name }) => name.startsWith(prefix) && name > marker,
  );
  const all = await withTag(call.store, named, params);
  const page = all.slice(0, max);
  const truncated = all.length > page.length;
  const paging: XmlPair[] =
    truncated || prefix !== '' || marker !== ''
      ? [
          ['Prefix', prefix],
          ['Marker', marker],
          ['MaxKeys', max],
          ['IsTruncated', truncated],
          ['NextMarker', truncated ? page.at(-1)?.name : undefined],
        ]
      : [];
  const buckets = page.map((bucket): XmlPair => ['Bucket', bucketElements({ ...call, request }, bucket)]);
  return {
    status: 200,
    body: writeXml('ListAllMyBucketsResult', [...paging, ownerElement(owner), ['Buckets', buckets]]),
  };
}

async function withTag(
  store: ObjectStore,
  buckets: BucketInfo[],
  params: ReadonlyMap<string, string>,
): Promise<BucketInfo[]> {
  const key = params.get('tag-key');
  const value = params.get('tag-value');
  if (key === undefined) {
    return buckets;
  }
  const found: BucketInfo[] = [];
  for (const bucket of buckets) {
    const document = await store.getBucketConfig(bucket.name, 'tagging');
    const tags = document === undefined ? [] : readTagging(readXml(document, 'Tagging'), MAX_BUCKET_TAGS);
    if (tags.some(([name, its]) => name === key && (value === undefined || its === value))) {
      found.push(bucket);
    }
  }
  return found;
}

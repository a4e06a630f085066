import type { BucketInfo, ObjectStore } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { bucketElements, ownerElement } from '../wire/bucket-elements.ts';
import { pageSize } from '../wire/page-size.ts';
import { MAX_BUCKET_TAGS, readTagging } from '../wire/tags.ts';
import { readXml } from '../xml/read-xml.ts';
import { type XmlPair, writeXml } from '../xml/write-xml.ts';

/**
 * GetService: the caller's buckets, or those that have the tags that were asked for. Paging elements appear only when there
 * is more than one page to tell of.
 */
export async function listBuckets({ request, ...call }: OssCall): Promise<OssReply> {
  const { params } = request;
  const prefix = params.get('prefix') ?? '';
  const marker = params.get('marker') ?? '';
  if (!/^[a-z0-9-]*$/.test(prefix)) {
    throw invalidArgument('No name of a bucket begins so.', 'prefix', prefix);
  }
  const max = pageSize(params, 'max-keys', 100, 1000);
  const owner = call.account?.owner ?? '';
  const named = (await call.store.listBuckets(owner)).filter(
    ({ name }) => name.startsWith(prefix) && name > marker,
  );
  const all = await withTags(call.store, named, readWantedTags(params));
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

async function withTags(
  store: ObjectStore,
  buckets: BucketInfo[],
  wanted: WantedTags,
): Promise<BucketInfo[]> {
  if (wanted.length === 0) {
    return buckets;
  }
  const found: BucketInfo[] = [];
  for (const bucket of buckets) {
    const document = await store.getBucketConfig(bucket.name, 'tagging');
    const tags = new Map(
      document === undefined ? [] : readTagging(readXml(document, 'Tagging'), MAX_BUCKET_TAGS),
    );
    if (wanted.every(([key, value]) => tags.has(key) && (value === undefined || tags.get(key) === value))) {
      found.push(bucket);
    }
  }
  return found;
}

/** Each tag that a bucket must have, and its value if that matters, too. */
type WantedTags = readonly (readonly [key: string, value: string | undefined])[];

/** `tag-key` with or without `tag-value`, or `tagging="key":"value",…`. @throws OssError InvalidArgument */
function readWantedTags(params: ReadonlyMap<string, string>): WantedTags {
  const key = params.get('tag-key');
  const tagging = params.get('tagging') ?? '';
  if (key !== undefined) {
    return [[key, params.get('tag-value')]];
  }
  if (tagging === '') {
    return [];
  }
  if (!/^"[^"]*":"[^"]*"(,"[^"]*":"[^"]*")*$/.test(tagging)) {
    throw invalidArgument('Tags are asked for as "key":"value",…', 'tagging', tagging);
  }
  return [...tagging.matchAll(/"([^"]*)":"([^"]*)"/g)].map(([, name = '', value]) => [name, value]);
}

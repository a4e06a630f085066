import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { bucketElements, ownerElement } from '../wire/bucket-elements.ts';
import { pageSize } from '../wire/page-size.ts';
import { type XmlPair, writeXml } from '../xml/write-xml.ts';

/** GetService: the caller's buckets. Paging elements appear only when there is more than one page to tell of. */
export async function listBuckets({ request, ...call }: OssCall): Promise<OssReply> {
  const { params } = request;
  const prefix = params.get('prefix') ?? '';
  const marker = params.get('marker') ?? '';
  const max = pageSize(params, 'max-keys', 100, 1000);
  const owner = call.account?.owner ?? '';
  const all = (await call.store.listBuckets(owner)).filter(
    ({ name }) => name.startsWith(prefix) && name > marker,
  );
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

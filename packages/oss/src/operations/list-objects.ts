import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { commonPrefixElements, objectElements } from '../wire/list-elements.ts';
import { nameEncoding } from '../wire/name-encoding.ts';
import { pageSize } from '../wire/page-size.ts';
import { writeXml } from '../xml/write-xml.ts';

/** ListObjects, version 1: `marker` and, on all pages but the last, `NextMarker`. */
export async function listObjects({ request, store, bucket, bucketInfo }: OssCall): Promise<OssReply> {
  const { params } = request;
  const prefix = params.get('prefix') ?? '';
  const marker = params.get('marker') ?? '';
  const delimiter = params.get('delimiter') ?? '';
  const limit = pageSize(params, 'max-keys', 100, 1000);
  const { type, encode } = nameEncoding(params.get('encoding-type'));
  const page = await store.list(bucket, { prefix, delimiter, after: marker, limit });
  return {
    status: 200,
    body: writeXml('ListBucketResult', [
      ['Name', bucket],
      ['Prefix', encode(prefix)],
      ['Marker', encode(marker)],
      ['MaxKeys', limit],
      ['Delimiter', encode(delimiter)],
      ['EncodingType', type],
      ['IsTruncated', page.next !== undefined],
      ['NextMarker', page.next === undefined ? undefined : encode(page.next)],
      ...objectElements(page, encode, bucketInfo?.owner),
      ...commonPrefixElements(page, encode),
    ]),
  };
}

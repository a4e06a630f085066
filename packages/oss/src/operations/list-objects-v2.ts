import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { commonPrefixElements, objectElements } from '../wire/list-elements.ts';
import { nameEncoding } from '../wire/name-encoding.ts';
import { pageSize } from '../wire/page-size.ts';
import { writeXml } from '../xml/write-xml.ts';

/** ListObjects, version 2: continuation tokens, and an Owner only with `fetch-owner=true`. */
export async function listObjectsV2({ request, store, bucket, bucketInfo }: OssCall): Promise<OssReply> {
  const { params } = request;
  const prefix = params.get('prefix') ?? '';
  const startAfter = params.get('start-after') ?? '';
  const delimiter = params.get('delimiter') ?? '';
  const token = params.get('continuation-token') ?? '';
  const limit = pageSize(params, 'max-keys', 100, 1000);
  const { type, encode } = nameEncoding(params.get('encoding-type'));
  const after = token === '' ? startAfter : readToken(token);
  const page = await store.list(bucket, { prefix, delimiter, after, limit });
  const owner = params.get('fetch-owner') === 'true' ? bucketInfo?.owner : undefined;
  return {
    status: 200,
    body: writeXml('ListBucketResult', [
      ['Name', bucket],
      ['Prefix', encode(prefix)],
      ['StartAfter', startAfter === '' ? undefined : encode(startAfter)],
      ['ContinuationToken', token === '' ? undefined : token],
      ['MaxKeys', limit],
      ['Delimiter', encode(delimiter)],
      ['EncodingType', type],
      ['KeyCount', page.objects.length + page.commonPrefixes.length],
      ['IsTruncated', page.next !== undefined],
      ['NextContinuationToken', page.next === undefined ? undefined : makeToken(page.next)],
      ...objectElements(page, encode, owner),
      ...commonPrefixElements(page, encode),
    ]),
  };
}

/** Opaque to clients. Its letters stay the same when a client, or encoding-type=url, percent-encodes it. */
function makeToken(after: string): string {
  return Buffer.from(after).toString('base64url');
}

function readToken(token: string): string {
  const after = Buffer.from(token, 'base64url').toString();
  if (after === '' || makeToken(after) !== token) {
    throw invalidArgument('The continuation token is not one of ours.', 'continuation-token', token);
  }
  return after;
}

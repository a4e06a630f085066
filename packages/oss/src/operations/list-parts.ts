import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { STORAGE_CLASS } from '../wire/attributes.ts';
import { isoTime } from '../wire/format-time.ts';
import { nameEncoding } from '../wire/name-encoding.ts';
import { pageSize } from '../wire/page-size.ts';
import { quoted } from '../wire/quoted.ts';
import { type XmlPair, writeXml } from '../xml/write-xml.ts';

/** GET ?uploadId. oss2's resumable_upload asks for it right after the start of every upload (spec/oss.md §1.11). */
export async function listParts({ request, store, bucket, key }: OssCall): Promise<OssReply> {
  const { params } = request;
  const uploadId = params.get('uploadId') ?? '';
  const marker = params.get('part-number-marker') ?? '';
  if (!/^\d{0,9}$/.test(marker)) {
    throw invalidArgument('part-number-marker must be a number.', 'part-number-marker', marker);
  }
  const limit = pageSize(params, 'max-parts', 1000, 1000);
  const { type, encode } = nameEncoding(params.get('encoding-type'));
  const rest = (await store.listParts(bucket, key, uploadId)).filter(
    ({ partNumber }) => partNumber > Number(marker),
  );
  const { attributes } = await store.headUpload(bucket, key, uploadId);
  const page = rest.slice(0, limit);
  const parts = page.map(
    (part): XmlPair => [
      'Part',
      [
        ['PartNumber', part.partNumber],
        ['LastModified', isoTime(part.lastModified)],
        ['ETag', quoted(part.etag)],
        ['HashCrc64ecma', part.crc64],
        ['Size', part.size],
      ],
    ],
  );
  return {
    status: 200,
    body: writeXml('ListPartsResult', [
      ['EncodingType', type],
      ['Bucket', bucket],
      ['Key', encode(key)],
      ['UploadId', uploadId],
      ['StorageClass', attributes[STORAGE_CLASS] ?? 'Standard'],
      ['PartNumberMarker', Number(marker)],
      ['NextPartNumberMarker', page.at(-1)?.partNumber ?? Number(marker)],
      ['MaxParts', limit],
      ['IsTruncated', rest.length > page.length],
      ...parts,
    ]),
  };
}

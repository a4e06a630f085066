import type { UploadInfo } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { STORAGE_CLASS } from '../wire/attributes.ts';
import { isoTime } from '../wire/format-time.ts';
import { commonPrefixElements } from '../wire/list-elements.ts';
import { nameEncoding } from '../wire/name-encoding.ts';
import { pageSize } from '../wire/page-size.ts';
import { pageUploads } from '../wire/page-uploads.ts';
import { type XmlPair, writeXml } from '../xml/write-xml.ts';

/** GET ?uploads: open uploads by key, then by id. */
export async function listUploads({ request, store, bucket }: OssCall): Promise<OssReply> {
  const { params } = request;
  const prefix = params.get('prefix') ?? '';
  const delimiter = params.get('delimiter') ?? '';
  const keyMarker = params.get('key-marker') ?? '';
  const idMarker = params.get('upload-id-marker') ?? '';
  const limit = pageSize(params, 'max-uploads', 1000, 1000);
  const { type, encode } = nameEncoding(params.get('encoding-type'));
  const uploads = await store.listUploads(bucket, prefix);
  const page = pageUploads(uploads, { prefix, delimiter, keyMarker, idMarker, limit });
  return {
    status: 200,
    body: writeXml('ListMultipartUploadsResult', [
      ['Bucket', bucket],
      ['EncodingType', type],
      ['KeyMarker', encode(keyMarker)],
      ['UploadIdMarker', idMarker],
      ['NextKeyMarker', encode(page.nextKeyMarker)],
      ['NextUploadIdMarker', page.nextIdMarker],
      ['Delimiter', encode(delimiter)],
      ['Prefix', encode(prefix)],
      ['MaxUploads', limit],
      ['IsTruncated', page.truncated],
      ...page.uploads.map((upload) => uploadElement(upload, encode)),
      ...commonPrefixElements(page, encode),
    ]),
  };
}

function uploadElement(upload: UploadInfo, encode: (name: string) => string): XmlPair {
  return [
    'Upload',
    [
      ['Key', encode(upload.key)],
      ['UploadId', upload.uploadId],
      ['StorageClass', upload.attributes[STORAGE_CLASS] ?? 'Standard'],
      ['Initiated', isoTime(upload.initiated)],
    ],
  ];
}

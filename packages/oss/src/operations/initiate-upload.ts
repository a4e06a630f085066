import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { nameEncoding } from '../wire/name-encoding.ts';
import { metadataOptions } from '../wire/put-options.ts';
import { writeXml } from '../xml/write-xml.ts';

/** POST ?uploads */
export async function initiateUpload(call: OssCall): Promise<OssReply> {
  const { request, store, bucket, key } = call;
  const { type, encode } = nameEncoding(request.params.get('encoding-type'));
  const { uploadId } = await store.startUpload(bucket, key, metadataOptions(call));
  return {
    status: 200,
    body: writeXml('InitiateMultipartUploadResult', [
      ['EncodingType', type],
      ['Bucket', bucket],
      ['Key', encode(key)],
      ['UploadId', uploadId],
    ]),
  };
}

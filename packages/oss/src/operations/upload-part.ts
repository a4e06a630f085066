import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { partAddress } from '../wire/part-address.ts';
import { bodyOptions } from '../wire/put-options.ts';
import { quoted } from '../wire/quoted.ts';

/** PUT ?partNumber&uploadId; the checksum is that of the part. */
export async function uploadPart({ request, store, bucket, key }: OssCall): Promise<OssReply> {
  const { uploadId, partNumber } = partAddress(request.params);
  const part = await store.putPart(bucket, key, uploadId, partNumber, request.body, bodyOptions(request));
  return {
    status: 200,
    headers: {
      ETag: quoted(part.etag),
      'Content-MD5': Buffer.from(part.etag, 'hex').toString('base64'),
      'x-oss-hash-crc64ecma': part.crc64,
    },
  };
}

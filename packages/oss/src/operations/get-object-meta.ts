import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { etagHeaders } from '../wire/object-headers.ts';

/** HEAD (or GET) ?objectMeta: ETag, date, length and checksum, nothing of the user's. What `exists` calls ask for. */
export async function getObjectMeta({ request, store, bucket, key }: OssCall): Promise<OssReply> {
  const info = await store.head(bucket, key);
  return {
    status: 200,
    headers: {
      ...etagHeaders(info),
      'x-oss-hash-crc64ecma': info.crc64,
      // A GET has no body here: the length of the object would make the client wait for one.
      'Content-Length': request.method === 'HEAD' ? String(info.size) : '0',
    },
  };
}

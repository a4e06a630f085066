import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { etagHeaders } from '../wire/object-headers.ts';
import { versionHeaders } from '../wire/version.ts';

/** HEAD (or GET) ?objectMeta: ETag, date, length and checksum, nothing of the user's. What `exists` calls ask for. */
export async function getObjectMeta(call: OssCall): Promise<OssReply> {
  const { request, store, bucket, key, versionId } = call;
  const info = await store.head(bucket, key, versionId);
  return {
    status: 200,
    headers: {
      ...etagHeaders(info),
      ...versionHeaders(call, info),
      'x-oss-hash-crc64ecma': info.crc64,
      // A GET has no body here: the length of the object would make the client wait for one.
      'Content-Length': request.method === 'HEAD' ? String(info.size) : '0',
    },
  };
}

import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { COPY_SOURCE, findCopySource } from '../wire/copy-source.ts';
import { isoTime } from '../wire/format-time.ts';
import { pace } from '../wire/pace.ts';
import { parseRange } from '../wire/parse-range.ts';
import { partAddress } from '../wire/part-address.ts';
import { quoted } from '../wire/quoted.ts';
import { writeXml } from '../xml/write-xml.ts';

/** PUT ?partNumber&uploadId with x-oss-copy-source: a part made of an object, or of a range of it. */
export async function uploadPartCopy(call: OssCall): Promise<OssReply> {
  const { request, store, bucket, key } = call;
  const { uploadId, partNumber } = partAddress(request.params);
  const source = await findCopySource(call);
  if (source === undefined) {
    return { status: 304 };
  }
  const header = request.header(`${COPY_SOURCE}-range`);
  const range = header === undefined ? undefined : parseRange(header, source.info.size, false);
  if (range === 'unusable') {
    throw invalidArgument('The range is not inside the source.', `${COPY_SOURCE}-range`, header);
  }
  const { body } = await store.get(source.bucket, source.key, range, source.versionId);
  const part = await store.putPart(bucket, key, uploadId, partNumber, pace(body, call.pacing));
  return {
    status: 200,
    headers: { ETag: quoted(part.etag), 'x-oss-hash-crc64ecma': part.crc64, ...source.headers },
    body: writeXml('CopyPartResult', [
      ['LastModified', isoTime(part.lastModified)],
      ['ETag', quoted(part.etag)],
    ]),
  };
}

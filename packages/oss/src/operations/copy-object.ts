import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { findCopySource } from '../wire/copy-source.ts';
import { isoTime } from '../wire/format-time.ts';
import { quoted } from '../wire/quoted.ts';
import { metadataOptions } from '../wire/put-options.ts';
import { writtenHeaders } from '../wire/object-headers.ts';
import { writeXml } from '../xml/write-xml.ts';

/** PUT with x-oss-copy-source. Onto itself it replaces the metadata; oss2 reads the headers, others the XML. */
export async function copyObject(call: OssCall): Promise<OssReply> {
  const { request, store, bucket, key } = call;
  const directive = (request.header('x-oss-metadata-directive') ?? 'COPY').toUpperCase();
  if (directive !== 'COPY' && directive !== 'REPLACE') {
    throw invalidArgument('The directive is COPY or REPLACE.', 'x-oss-metadata-directive', directive);
  }
  const options = metadataOptions(call);
  const source = await findCopySource(call);
  if (source === undefined) {
    return { status: 304 };
  }
  const info = await store.copy(
    source,
    { bucket, key },
    { ...options, metadata: directive === 'REPLACE' ? 'replace' : 'copy' },
  );
  return {
    status: 200,
    headers: writtenHeaders(info),
    body: writeXml('CopyObjectResult', [
      ['LastModified', isoTime(info.lastModified)],
      ['ETag', quoted(info.etag)],
    ]),
  };
}

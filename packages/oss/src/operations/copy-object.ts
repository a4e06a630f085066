import type { ObjectInfo } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { SYMLINK, TAGGING } from '../wire/attributes.ts';
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
    {
      ...options,
      metadata: directive === 'REPLACE' ? 'replace' : 'copy',
      attributes: { ...options.attributes, ...keptAttributes(call, source.info) },
    },
  );
  return {
    status: 200,
    headers: { ...writtenHeaders(call, info), ...source.headers },
    body: writeXml('CopyObjectResult', [
      ['LastModified', isoTime(info.lastModified)],
      ['ETag', quoted(info.etag)],
    ]),
  };
}

/** A link stays a link, and tags are copied unless others are to take their place; ACL and class are the request's. */
function keptAttributes({ request }: OssCall, source: ObjectInfo): Record<string, string> {
  const directive = (request.header('x-oss-tagging-directive') ?? 'Copy').toLowerCase();
  if (directive !== 'copy' && directive !== 'replace') {
    throw invalidArgument('The directive is Copy or Replace.', 'x-oss-tagging-directive', directive);
  }
  const names = directive === 'copy' ? [SYMLINK, TAGGING] : [SYMLINK];
  const kept: Record<string, string> = {};
  for (const name of names) {
    const value = source.attributes[name];
    if (value !== undefined) {
      kept[name] = value;
    }
  }
  return kept;
}

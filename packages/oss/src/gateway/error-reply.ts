import { writeXml } from '../xml/write-xml.ts';
import type { OssReply } from './oss-call.ts';
import type { OssError } from './oss-error.ts';
import type { OssRequest } from './oss-request.ts';

/** Clients refuse headers of 16 KB all together; details quote the request, which may be as long. */
const MAX_HEADER_TEXT = 4096;

/** The vendor's fine codes, as far as they are published; people look them up (spec/oss.md §1.12). */
const EC = new Map([
  ['AccessDenied', '0003-00000001'],
  ['InvalidAccessKeyId', '0002-00000902'],
  ['NoSuchBucket', '0015-00000101'],
  ['NoSuchKey', '0026-00000001'],
  ['NoSuchUpload', '0042-00000002'],
  ['RequestTimeTooSkewed', '0002-00000504'],
]);

/**
 * The error document (spec/oss.md §1.12). An answer to HEAD has no body: there it goes, in base64, into `x-oss-err`
 * (§1.8), without which a missing bucket looks like a missing object; without details when they make it too long.
 */
export function errorReply(error: OssError, request: Pick<OssRequest, 'id' | 'method' | 'host'>): OssReply {
  const ec = error.ec ?? EC.get(error.code);
  const headers = { ...error.headers, ...(ec !== undefined && { 'x-oss-ec': ec }) };
  const document = (details: OssError['details']): string =>
    writeXml('Error', [
      ['Code', error.code],
      ['Message', error.message],
      ['RequestId', request.id],
      ['HostId', request.host],
      ...details,
      ['EC', ec],
    ]);
  const xml = document(error.details);
  if (request.method === 'HEAD') {
    const short = xml.length > MAX_HEADER_TEXT ? document([]) : xml;
    return {
      status: error.status,
      headers: { ...headers, 'x-oss-err': Buffer.from(short).toString('base64') },
    };
  }
  return { status: error.status, headers, body: xml };
}

import { writeXml } from '../xml/write-xml.ts';
import type { OssReply } from './oss-call.ts';
import type { OssError } from './oss-error.ts';
import type { OssRequest } from './oss-request.ts';

/**
 * The error document (spec/oss.md §1.12). An answer to HEAD has no body: there it goes, in base64, into `x-oss-err`
 * (§1.8), without which a missing bucket looks like a missing object.
 */
export function errorReply(error: OssError, request: Pick<OssRequest, 'id' | 'method' | 'host'>): OssReply {
  const xml = writeXml('Error', [
    ['Code', error.code],
    ['Message', error.message],
    ['RequestId', request.id],
    ['HostId', request.host],
    ...error.details,
  ]);
  if (request.method === 'HEAD') {
    return {
      status: error.status,
      headers: { ...error.headers, 'x-oss-err': Buffer.from(xml).toString('base64') },
    };
  }
  return { status: error.status, headers: { ...error.headers }, body: xml };
}

import type { OssReply } from './oss-call.ts';
import type { OssRequest } from './oss-request.ts';

/** What browsers may read of an answer; ali-oss needs the ETag (spec/oss.md §1.7 CORS). */
const EXPOSED = [
  'Content-MD5',
  'Date',
  'ETag',
  'x-oss-err',
  'x-oss-hash-crc64ecma',
  'x-oss-next-append-position',
  'x-oss-object-type',
  'x-oss-request-id',
  'x-oss-server-time',
  'x-oss-storage-class',
].join(', ');

/**
 * Headers for a browser on another origin. Every origin is let in: nothing is done without a signature (there are no
 * cookies) but to read what is public anyway.
 */
export function corsHeaders(origin: string | undefined): Record<string, string> {
  if (origin === undefined) {
    return {};
  }
  return { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': EXPOSED };
}

/** The answer to a browser that asks before it sends; nothing when the request is no such question. */
export function preflightReply(request: OssRequest): OssReply | undefined {
  const method = request.header('access-control-request-method');
  if (request.method !== 'OPTIONS' || method === undefined || request.header('origin') === undefined) {
    return undefined;
  }
  return {
    status: 200,
    headers: {
      'Access-Control-Allow-Methods': 'GET, HEAD, PUT, POST, DELETE',
      'Access-Control-Allow-Headers': request.header('access-control-request-headers') ?? '*',
      'Access-Control-Max-Age': '600',
    },
  };
}

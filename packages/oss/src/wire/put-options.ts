import type { PutOptions } from '@rebatch/objects';
import type { OssCall } from '../gateway/oss-call.ts';
import { invalidArgument, invalidDigest, missingContentLength } from '../gateway/oss-errors.ts';
import type { OssRequest } from '../gateway/oss-request.ts';
import { requestedAttributes } from './requested-attributes.ts';

/** Most bytes of all user metadata together, and of one body (spec/oss.md §1.7 PutObject). */
const MAX_METADATA_BYTES = 8 * 1024;
const MAX_BODY_BYTES = 5 * 1024 ** 3;

const META = 'x-oss-meta-';
const KEPT_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];

/**
 * What the headers of a writing request say about the object.
 * @throws OssError InvalidArgument, InvalidTag, AccessDenied, NotImplemented
 */
export function metadataOptions(call: OssCall): PutOptions {
  const { request } = call;
  const contentType = request.header('content-type');
  const forbidden = request.header('x-oss-forbid-overwrite');
  return {
    ...(contentType !== undefined && { contentType }),
    ...(forbidden?.toLowerCase() === 'true' && { createOnly: true }),
    userMetadata: userMetadata(request),
    headers: keptHeaders(request),
    attributes: requestedAttributes(call),
  };
}

/**
 * What the headers say about the body.
 * @throws OssError MissingContentLength, InvalidArgument, InvalidDigest
 */
export function bodyOptions(request: OssRequest): Pick<PutOptions, 'contentLength' | 'contentMd5'> {
  const { contentLength } = request;
  if (!request.hasBody) {
    throw missingContentLength();
  }
  if (contentLength !== undefined && contentLength > MAX_BODY_BYTES) {
    throw invalidArgument(
      `A body may have at most ${MAX_BODY_BYTES} bytes.`,
      'Content-Length',
      String(contentLength),
    );
  }
  const contentMd5 = request.header('content-md5');
  if (contentMd5 !== undefined && !/^[A-Za-z0-9+/]{22}==$/.test(contentMd5)) {
    throw invalidDigest();
  }
  return {
    ...(contentLength !== undefined && { contentLength }),
    ...(contentMd5 !== undefined && { contentMd5 }),
  };
}

function userMetadata(request: OssRequest): Record<string, string> {
  const metadata: Record<string, string> = Object.create(null);
  let bytes = 0;
  for (const [header, value] of Object.entries(request.headers)) {
    if (header.startsWith(META) && header.length > META.length) {
      const name = header.slice(META.length);
      bytes += name.length + Buffer.byteLength(value);
      metadata[name] = value;
    }
  }
  if (bytes > MAX_METADATA_BYTES) {
    throw invalidArgument(`User metadata may have at most ${MAX_METADATA_BYTES} bytes.`);
  }
  return metadata;
}

function keptHeaders(request: OssRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = request.header(name);
    if (value !== undefined) {
      headers[name] = value;
    }
  }
  return headers;
}

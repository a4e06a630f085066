import { createHash } from 'node:crypto';
import type { OssRequest } from '../gateway/oss-request.ts';
import { invalidDigest, malformedXml } from '../gateway/oss-errors.ts';

/**
 * A small body as text, checked against Content-MD5 where that is sent.
 * @throws OssError MalformedXML when it has more than `limit` bytes, InvalidDigest
 */
export async function readBody(request: OssRequest, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > limit) {
      throw malformedXml();
    }
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const announced = request.header('content-md5');
  if (announced !== undefined && announced !== createHash('md5').update(body).digest('base64')) {
    throw invalidDigest();
  }
  return body.toString('utf8');
}

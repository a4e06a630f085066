import type { Readable } from 'node:stream';

/**
 * All of a small reply body.
 * @throws RangeError above `limit` bytes (default 64 MiB): such a body is no API answer.
 */
export async function readBody(body: Readable, limit = 64 * 1024 * 1024): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) {
      body.destroy();
      throw new RangeError(`the reply is larger than ${limit} bytes`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, size);
}

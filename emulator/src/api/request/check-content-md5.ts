import { invalidContentMd5 } from '../errors.ts';
import { createHash } from 'node:crypto';

/**
 * Checks the body against `Content-MD5`, which the signature covers. Clients write it as base64 or as hex of either
 * case (spec §2); anything else is not a digest that could be checked and passes.
 *
 * @throws WireError InvalidContentMD5
 */
export function checkContentMd5(header: string, body: Buffer): void {
  const text = header.trim();
  const isHex = /^[0-9a-f]{32}$/i.test(text);
  const isBase64 = /^[0-9a-z+/]{22}==$/i.test(text);
  if (!isHex && !isBase64) return;
  const given = Buffer.from(text, isHex ? 'hex' : 'base64');
  if (!given.equals(createHash('md5').update(body).digest())) throw invalidContentMd5();
}

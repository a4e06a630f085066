import { httpBodyTooLarge } from '@rebatch/model';
import { bodyNotDeflated, invalidCompressType } from '../errors.ts';
import { promisify } from 'node:util';
import { type InputType, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';

type Inflate = (input: InputType, options: ZlibOptions) => Promise<Buffer>;
const inflateZlib = promisify(inflate) as Inflate;
const inflateBare = promisify(inflateRaw) as Inflate;

/**
 * Undoes `x-acs-compress-type` (spec §2: `deflate`, or blank for none). Senders disagree about what deflate is, hence
 * both the zlib form and the bare one.
 *
 * @param limit most bytes of the result
 * @throws WireError InvalidCompressType, InvalidHttpBody (413 when too long)
 */
export async function inflateBody(body: Buffer, compressType: string, limit: number): Promise<Buffer> {
  const type = compressType.trim().toLowerCase();
  if (type === '') return body;
  if (type !== 'deflate') throw invalidCompressType();
  const options = { maxOutputLength: limit };
  try {
    return await inflateZlib(body, options);
  } catch (error) {
    if (isTooLarge(error)) throw httpBodyTooLarge(limit);
  }
  try {
    return await inflateBare(body, options);
  } catch (error) {
    throw isTooLarge(error) ? httpBodyTooLarge(limit) : bodyNotDeflated();
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

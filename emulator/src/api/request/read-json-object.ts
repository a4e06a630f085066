import type { IncomingMessage } from 'node:http';
import { checkContentMd5 } from './check-content-md5.ts';
import { inflateBody } from './inflate-body.ts';
import { parseJsonObject } from './parse-json-object.ts';
import { readBody } from './read-body.ts';

/** Bytes of a body, as sent and after inflation. A description of 10,000 tasks has about 5 MB. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * The JSON object in a request's body. `optional`: no body at all is {}.
 *
 * @throws WireError InvalidHttpBody, InvalidJsonFormat, InvalidCompressType, InvalidContentMD5
 */
export async function readJsonObject(
  message: IncomingMessage,
  { optional }: { optional: boolean } = { optional: false },
): Promise<Record<string, unknown>> {
  const sent = await readBody(message, MAX_BODY_BYTES);
  const md5 = message.headers['content-md5'];
  if (typeof md5 === 'string') checkContentMd5(md5, sent);
  const compressType = message.headers['x-acs-compress-type'];
  const body = await inflateBody(sent, typeof compressType === 'string' ? compressType : '', MAX_BODY_BYTES);
  return optional && body.length === 0 ? {} : parseJsonObject(body);
}

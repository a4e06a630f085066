import { crc32, deflateSync } from 'node:zlib';
import { percentEncode, percentEncodePath, presignV1 } from '@rebatch/oss/signatures';
import type { StartedServer } from './server.ts';

/** A link to what is made of an object by `x-oss-process`, good for a minute. */
export function signedProcess(
  { oss, accessKeyId, accessKeySecret }: Pick<StartedServer, 'oss' | 'accessKeyId' | 'accessKeySecret'>,
  bucket: string,
  key: string,
  process: string,
): string {
  const query = [['x-oss-process', process]] as const;
  const expires = Math.floor(Date.now() / 1000) + 60;
  const signed = presignV1({
    method: 'GET',
    bucket,
    key,
    query,
    headers: {},
    accessKeyId,
    secret: accessKeySecret,
    expires,
  });
  const search = [...query, ...signed].map(([name, value]) => `${name}=${percentEncode(value)}`).join('&');
  return `${oss}${percentEncodePath(`/${bucket}/${key}`)}?${search}`;
}

function chunk(type: string, data: Buffer): Buffer {
  const [length, crc, body] = [Buffer.alloc(4), Buffer.alloc(4), Buffer.concat([Buffer.from(type), data])];
  length.writeUInt32BE(data.byteLength);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

/** A black PNG of one bit a pixel: few bytes, whatever its size. */
export function blackPng(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(1, 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** 40 x 20 pixels. */
export const PICTURE = blackPng(40, 20);

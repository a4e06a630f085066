import { Readable } from 'node:stream';
import { checkKey } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { SYMLINK } from '../wire/attributes.ts';
import { decodeHeaderName } from '../wire/decode-header-name.ts';
import { quoted } from '../wire/quoted.ts';
import { metadataOptions } from '../wire/put-options.ts';
import { versionHeaders } from '../wire/version.ts';

/** PUT ?symlink. The target need not be there, but a link to itself leads nowhere. */
export async function putSymlink(call: OssCall): Promise<OssReply> {
  const { request, store, bucket, key } = call;
  const header = request.header('x-oss-symlink-target');
  const target = decodeHeaderName(header ?? '');
  if (header === undefined || target === '' || target === key) {
    throw invalidArgument('The header names the object to link to.', 'x-oss-symlink-target', header);
  }
  checkKey(target);
  const options = metadataOptions(call);
  const info = await store.put(bucket, key, Readable.from([]), {
    ...options,
    attributes: { ...options.attributes, [SYMLINK]: target },
  });
  return { status: 200, headers: { ETag: quoted(info.etag), ...versionHeaders(call, info) } };
}

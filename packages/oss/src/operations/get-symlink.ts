import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { notSymlink } from '../gateway/oss-errors.ts';
import { percentEncode } from '../signatures/index.ts';
import { SYMLINK } from '../wire/attributes.ts';
import { objectHeaders } from '../wire/object-headers.ts';

/** GET ?symlink: where the link leads, whether or not something is there. */
export async function getSymlink(call: OssCall): Promise<OssReply> {
  const { store, bucket, key, versionId } = call;
  const info = await store.head(bucket, key, versionId);
  const target = info.attributes[SYMLINK];
  if (target === undefined) {
    throw notSymlink();
  }
  return {
    status: 200,
    headers: {
      ...objectHeaders(call, info),
      'x-oss-symlink-target': percentEncode(target),
      'Content-Length': '0',
    },
  };
}

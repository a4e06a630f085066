import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { notSymlink } from '../gateway/oss-errors.ts';
import { percentEncode } from '../signatures/index.ts';
import { SYMLINK } from '../wire/attributes.ts';
import { objectHeaders } from '../wire/object-headers.ts';

/** GET ?symlink: where the link leads, whether or not something is there. */
export async function getSymlink({ store, bucket, key }: OssCall): Promise<OssReply> {
  const info = await store.head(bucket, key);
  const target = info.attributes[SYMLINK];
  if (target === undefined) {
    throw notSymlink();
  }
  return {
    status: 200,
    headers: { ...objectHeaders(info), 'x-oss-symlink-target': percentEncode(target), 'Content-Length': '0' },
  };
}

import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { TAGGING } from '../wire/attributes.ts';
import { parseTags, writeTagging } from '../wire/tags.ts';
import { versionHeaders } from '../wire/version.ts';

/** GET ?tagging of an object; without tags, an empty set. */
export async function getObjectTagging(call: OssCall): Promise<OssReply> {
  const { store, bucket, key, versionId } = call;
  const info = await store.head(bucket, key, versionId);
  return {
    status: 200,
    headers: versionHeaders(call, info),
    body: writeTagging(parseTags(info.attributes[TAGGING] ?? '')),
  };
}

import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { TAGGING } from '../wire/attributes.ts';
import { parseTags, writeTagging } from '../wire/tags.ts';

/** GET ?tagging of an object; without tags, an empty set. */
export async function getObjectTagging({ store, bucket, key }: OssCall): Promise<OssReply> {
  const { attributes } = await store.head(bucket, key);
  return { status: 200, body: writeTagging(parseTags(attributes[TAGGING] ?? '')) };
}

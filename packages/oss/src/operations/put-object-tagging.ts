import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { TAGGING } from '../wire/attributes.ts';
import { readBody } from '../wire/read-body.ts';
import { formatTags, MAX_OBJECT_TAGS, readTagging } from '../wire/tags.ts';
import { readXml } from '../xml/read-xml.ts';

const BODY_LIMIT = 64 * 1024;

/** PUT ?tagging of an object: these tags and no others. */
export async function putObjectTagging({ request, store, bucket, key }: OssCall): Promise<OssReply> {
  const root = readXml(await readBody(request, BODY_LIMIT), 'Tagging');
  const tags = readTagging(root, MAX_OBJECT_TAGS);
  await store.setAttributes(bucket, key, { [TAGGING]: tags.length === 0 ? undefined : formatTags(tags) });
  return { status: 200 };
}

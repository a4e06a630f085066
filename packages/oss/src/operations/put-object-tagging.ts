import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { TAGGING } from '../wire/attributes.ts';
import { readBody } from '../wire/read-body.ts';
import { setAttribute } from '../wire/set-attribute.ts';
import { formatTags, MAX_OBJECT_TAGS, readTagging, requireObjectTags } from '../wire/tags.ts';
import { readXml } from '../xml/read-xml.ts';

const BODY_LIMIT = 64 * 1024;

/** PUT ?tagging of an object: these tags and no others. */
export async function putObjectTagging(call: OssCall): Promise<OssReply> {
  const root = readXml(await readBody(call.request, BODY_LIMIT), 'Tagging');
  const tags = requireObjectTags(readTagging(root, MAX_OBJECT_TAGS));
  return setAttribute(call, TAGGING, tags.length === 0 ? undefined : formatTags(tags), 200);
}

import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { TAGGING } from '../wire/attributes.ts';
import { setAttribute } from '../wire/set-attribute.ts';

export async function deleteObjectTagging(call: OssCall): Promise<OssReply> {
  return setAttribute(call, TAGGING, undefined, 204);
}

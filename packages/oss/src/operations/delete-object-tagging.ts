import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { TAGGING } from '../wire/attributes.ts';

export async function deleteObjectTagging({ store, bucket, key }: OssCall): Promise<OssReply> {
  await store.setAttributes(bucket, key, { [TAGGING]: undefined });
  return { status: 204 };
}

import type { OssCall, OssReply } from '../gateway/oss-call.ts';

export async function deleteBucket({ store, bucket }: OssCall): Promise<OssReply> {
  await store.deleteBucket(bucket);
  return { status: 204 };
}

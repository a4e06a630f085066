import type { OssCall, OssReply } from '../gateway/oss-call.ts';

/** 204 whether or not the object was there. */
export async function deleteObject({ store, bucket, key }: OssCall): Promise<OssReply> {
  await store.delete(bucket, key);
  return { status: 204 };
}

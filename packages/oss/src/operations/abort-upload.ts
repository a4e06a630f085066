import type { OssCall, OssReply } from '../gateway/oss-call.ts';

/** DELETE ?uploadId */
export async function abortUpload({ request, store, bucket, key }: OssCall): Promise<OssReply> {
  await store.abortUpload(bucket, key, request.params.get('uploadId') ?? '');
  return { status: 204 };
}

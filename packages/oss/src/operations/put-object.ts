import { callBack } from '../callback/call-back.ts';
import { readCallback } from '../callback/read-callback.ts';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { writtenHeaders } from '../wire/object-headers.ts';
import { bodyOptions, metadataOptions } from '../wire/put-options.ts';

export async function putObject(call: OssCall): Promise<OssReply> {
  const { request, store, bucket, key } = call;
  const options = { ...metadataOptions(call), ...bodyOptions(request) };
  const callback = readCallback(call);
  const info = await store.put(bucket, key, request.body, options);
  return callback === undefined
    ? { status: 200, headers: writtenHeaders(call, info) }
    : callBack(call, callback, info);
}

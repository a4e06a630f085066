import { callBack } from '../callback/call-back.ts';
import { readCallback } from '../callback/read-callback.ts';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { notImplemented } from '../gateway/oss-errors.ts';
import { writtenHeaders } from '../wire/object-headers.ts';
import { bodyOptions, metadataOptions } from '../wire/put-options.ts';

const CONDITIONS = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];

/** PUT of an object. Conditions are for reading: to write as if they held would be wrong, so they are not implemented. */
export async function putObject(call: OssCall): Promise<OssReply> {
  const { request, store, bucket, key } = call;
  const condition = CONDITIONS.find((name) => request.header(name) !== undefined);
  if (condition !== undefined) {
    throw notImplemented(condition);
  }
  const options = { ...metadataOptions(call), ...bodyOptions(request) };
  const callback = readCallback(call);
  const info = await store.put(bucket, key, request.body, options);
  return callback === undefined
    ? { status: 200, headers: writtenHeaders(call, info) }
    : callBack(call, callback, info);
}

import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { writtenHeaders } from '../wire/object-headers.ts';
import { bodyOptions, metadataOptions } from '../wire/put-options.ts';
import { requestedAclChange } from '../wire/requested-attributes.ts';

/**
 * POST ?append&position=N (spec/oss.md §1.10). Of an object that is there only the ACL can be changed, if it is named (the
 * vendor's tests of its Go SDK, TestAppendObject).
 */
export async function appendObject(call: OssCall): Promise<OssReply> {
  const { request, store, bucket, key } = call;
  const position = request.params.get('position') ?? '';
  if (!/^\d{1,15}$/.test(position)) {
    throw invalidArgument('The position must be a number of bytes.', 'position', position);
  }
  // What else a later append says of the object has no effect, whatever it says.
  const metadata = Number(position) === 0 ? metadataOptions(call) : {};
  const options = { ...metadata, ...bodyOptions(request), changes: requestedAclChange(call) };
  const { info, nextPosition } = await store.append(bucket, key, Number(position), request.body, options);
  return {
    status: 200,
    headers: { ...writtenHeaders(call, info), 'x-oss-next-append-position': String(nextPosition) },
  };
}

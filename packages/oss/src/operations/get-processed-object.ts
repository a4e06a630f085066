import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { makeFromStored } from '../images/make-from-stored.ts';
import { parseProcess } from '../images/parse-process.ts';
import { resolveStyle } from '../images/resolve-style.ts';
import { checkConditions } from '../wire/check-conditions.ts';
import { followSymlink, shownInfo } from '../wire/follow-symlink.ts';
import { etagHeaders } from '../wire/object-headers.ts';
import { requireReadable } from '../wire/require-readable.ts';
import { responseOverrides } from '../wire/response-overrides.ts';
import { conditionsOf } from './get-object.ts';

/**
 * GET ?x-oss-process=image/…: the picture, whole; the ETag is the source's, whatever is made of it (the vendor's FAQ).
 * Without a checksum, since that would be the source's.
 */
export async function getProcessedObject(call: OssCall): Promise<OssReply> {
  const { request } = call;
  const text = request.params.get('x-oss-process') ?? '';
  const asked = parseProcess(text);
  if (asked.saveAs !== undefined) {
    throw invalidArgument('Pictures are saved by POST.', 'x-oss-process', text);
  }
  const overrides = responseOverrides(call);
  const actions = await resolveStyle(call, asked);
  const followed = await followSymlink(call);
  const info = shownInfo(followed);
  requireReadable(followed.target, request.received);
  if (checkConditions(info, conditionsOf(call)) === 'not modified') {
    return { status: 304, headers: etagHeaders(info) };
  }
  const { contentType, body, size } = await makeFromStored(call, followed, actions);
  return {
    status: 200,
    headers: { 'Content-Type': contentType, ...etagHeaders(info), ...overrides },
    body: { stream: body, length: size },
  };
}

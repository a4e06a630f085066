import type { ObjectInfo } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidRange } from '../gateway/oss-errors.ts';
import { etagHeaders, objectHeaders } from '../wire/object-headers.ts';
import { followSymlink, shownInfo } from '../wire/follow-symlink.ts';
import { redirectReply } from '../wire/redirect-reply.ts';
import { requireReadable } from '../wire/require-readable.ts';
import { checkConditions } from '../wire/check-conditions.ts';
import { type ParsedRange, parseRange } from '../wire/parse-range.ts';
import { responseOverrides } from '../wire/response-overrides.ts';

/** GET: whole or a range; conditions; `response-*` overrides for those who signed (spec/oss.md §1.7). */
export async function getObject(call: OssCall): Promise<OssReply> {
  const { request, store, bucket } = call;
  const overrides = responseOverrides(call);
  const followed = await followSymlink(call);
  const info = shownInfo(followed);
  requireReadable(followed.target, request.received);
  if (checkConditions(info, conditionsOf(call)) === 'not modified') {
    return { status: 304, headers: etagHeaders(info) };
  }
  const elsewhere = await redirectReply(call, followed.target, overrides);
  if (elsewhere !== undefined) {
    return elsewhere;
  }
  const range = request.header('range');
  const parsed = range === undefined ? 'unusable' : requestedRange(call, info, range);
  const isLink = followed.info !== followed.target;
  const { info: read, body } = await store.get(
    bucket,
    followed.target.key,
    parsed === 'unusable' ? undefined : parsed,
    isLink ? undefined : call.versionId,
  );
  const shown = !isLink ? read : shownInfo({ ...followed, target: read });
  const headers = { ...objectHeaders(call, shown), ...overrides };
  if (parsed === 'unusable') {
    return { status: 200, headers, body: { stream: body, length: read.size } };
  }
  const { start, end } = parsed;
  return {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${start}-${end}/${read.size}` },
    body: { stream: body, length: end - start + 1 },
  };
}

/** The conditions as plain HTTP names them. */
export function conditionsOf({ request }: OssCall): Parameters<typeof checkConditions>[1] {
  return {
    ifMatch: request.header('if-match'),
    ifNoneMatch: request.header('if-none-match'),
    ifModifiedSince: request.header('if-modified-since'),
    ifUnmodifiedSince: request.header('if-unmodified-since'),
  };
}

function requestedRange({ request }: OssCall, info: ObjectInfo, range: string): ParsedRange {
  const standard = request.header('x-oss-range-behavior')?.toLowerCase() === 'standard';
  const parsed = parseRange(range, info.size, standard);
  if (parsed === 'unusable' && standard) {
    throw invalidRange(info.size, range);
  }
  return parsed;
}

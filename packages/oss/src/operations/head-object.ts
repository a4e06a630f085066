import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { checkConditions } from '../wire/check-conditions.ts';
import { followSymlink, shownInfo } from '../wire/follow-symlink.ts';
import { etagHeaders, objectHeaders } from '../wire/object-headers.ts';
import { conditionsOf } from './get-object.ts';

export async function headObject(call: OssCall): Promise<OssReply> {
  const info = shownInfo(await followSymlink(call));
  if (checkConditions(info, conditionsOf(call)) === 'not modified') {
    return { status: 304, headers: etagHeaders(info) };
  }
  return { status: 200, headers: { ...objectHeaders(call, info), 'Content-Length': String(info.size) } };
}

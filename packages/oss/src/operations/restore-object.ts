import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { malformedXml, operationNotSupported } from '../gateway/oss-errors.ts';
import { RESTORED_UNTIL } from '../wire/attributes.ts';
import { readBody } from '../wire/read-body.ts';
import { setAttribute } from '../wire/set-attribute.ts';
import { isArchived } from '../wire/require-readable.ts';
import { readXml } from '../xml/read-xml.ts';

const BODY_LIMIT = 64 * 1024;
const DAY_MS = 24 * 3600 * 1000;
const MAX_DAYS = 365;

/**
 * POST ?restore: an archived object can be read for so many days (one when the body does not say). Nothing has to be
 * fetched from anywhere here, so it can be read at once: 202 the first time, 200 when it could be read already.
 */
export async function restoreObject(call: OssCall): Promise<OssReply> {
  const { request, store, bucket, key, versionId } = call;
  const days = readDays(await readBody(request, BODY_LIMIT));
  const info = await store.head(bucket, key, versionId);
  if (!isArchived(info)) {
    throw operationNotSupported();
  }
  const wasReadable = Number(info.attributes[RESTORED_UNTIL] ?? 0) > request.received;
  const until = String(request.received + days * DAY_MS);
  return setAttribute(call, RESTORED_UNTIL, until, wasReadable ? 200 : 202);
}

function readDays(body: string): number {
  if (body.trim() === '') {
    return 1;
  }
  const days = readXml(body, 'RestoreRequest').text('Days')?.trim() ?? '1';
  if (!/^\d{1,3}$/.test(days) || Number(days) < 1 || Number(days) > MAX_DAYS) {
    throw malformedXml();
  }
  return Number(days);
}

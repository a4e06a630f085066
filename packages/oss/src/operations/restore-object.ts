import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument, malformedXml, operationNotSupported } from '../gateway/oss-errors.ts';
import { RESTORED_UNTIL, STORAGE_CLASS } from '../wire/attributes.ts';
import { readBody } from '../wire/read-body.ts';
import { setAttribute } from '../wire/set-attribute.ts';
import { isArchived } from '../wire/require-readable.ts';
import { readXml } from '../xml/read-xml.ts';

const BODY_LIMIT = 64 * 1024;
const DAY_MS = 24 * 3600 * 1000;
const MAX_DAYS = 365;

/**
 * POST ?restore: an archived object can be read for so many days (one when the body does not say). Nothing has to be
 * fetched from anywhere here, so it can be read at once, whatever the tier: 202 the first time, 200 when it could be read
 * already.
 */
export async function restoreObject(call: OssCall): Promise<OssReply> {
  const { request, store, bucket, key, versionId } = call;
  const { days, tier } = readWish(await readBody(request, BODY_LIMIT));
  const info = await store.head(bucket, key, versionId);
  if (!isArchived(info)) {
    throw operationNotSupported();
  }
  // The Go SDK v1 names the tier Standard whatever the class is.
  if (tier !== undefined && tier !== 'Standard' && info.attributes[STORAGE_CLASS] === 'Archive') {
    throw malformedXml();
  }
  const wasReadable = Number(info.attributes[RESTORED_UNTIL] ?? 0) > request.received;
  const until = String(request.received + days * DAY_MS);
  const reply = await setAttribute(call, RESTORED_UNTIL, until, wasReadable ? 200 : 202);
  return tier === undefined
    ? reply
    : { ...reply, headers: { ...reply.headers, 'x-oss-object-restore-priority': tier } };
}

/** How fast, for the classes colder than Archive, which has one way only. */
const TIERS = ['Expedited', 'Standard', 'Bulk'];

function readWish(body: string): { days: number; tier: string | undefined } {
  if (body.trim() === '') {
    return { days: 1, tier: undefined };
  }
  const root = readXml(body, 'RestoreRequest');
  const days = root.text('Days')?.trim() ?? '1';
  const [job] = root.children('JobParameters');
  const tier = job?.text('Tier')?.trim();
  if (tier !== undefined && !TIERS.includes(tier)) {
    throw invalidArgument(`The tier is one of ${TIERS.join(', ')}.`, 'Tier', tier);
  }
  if (!/^\d{1,3}$/.test(days) || Number(days) < 1 || Number(days) > MAX_DAYS) {
    throw malformedXml();
  }
  return { days: Number(days), tier };
}

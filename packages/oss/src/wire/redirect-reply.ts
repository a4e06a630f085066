import type { ObjectInfo } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';

/** Seconds for which the other address is good; a download that began in time goes on behind them. */
const GOOD_FOR_SECONDS = 900;

/**
 * Sends whoever follows a link (signed, or to a public object) to where a big object is kept, when that is allowed.
 * Programs that sign in the header are SDKs: they want the `x-oss-*` headers, which only the gateway gives.
 */
export async function redirectReply(
  { request, store, redirectFrom, pacing }: OssCall,
  { bucket, key, versionId, size, contentType, headers }: ObjectInfo,
  overrides: Record<string, string>,
): Promise<OssReply | undefined> {
  const isLink = request.header('authorization') === undefined;
  // The other server would send as fast as it can.
  if (redirectFrom === undefined || size < redirectFrom || !isLink || pacing.limit !== undefined) {
    return undefined;
  }
  const shown = Object.entries({ 'content-type': contentType, ...headers, ...overrides });
  const url = await store.directUrl(bucket, key, {
    versionId,
    seconds: GOOD_FOR_SECONDS,
    headers: Object.fromEntries(shown.map(([name, value]) => [name.toLowerCase(), value])),
  });
  return url === undefined ? undefined : { status: 307, headers: { Location: url } };
}

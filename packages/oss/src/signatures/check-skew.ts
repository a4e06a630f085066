import { badDate, requestTimeTooSkewed } from './signature-error.ts';

/** Milliseconds by which the clocks of client and server may differ (spec/oss.md §1.3). */
export const MAX_SKEW = 15 * 60 * 1000;

/**
 * Times are milliseconds since the epoch.
 * @throws SignatureError AccessDenied when `time` is no number, RequestTimeTooSkewed
 */
export function checkSkew(time: number, now: number): void {
  if (Number.isNaN(time)) {
    throw badDate();
  }
  if (Math.abs(now - time) > MAX_SKEW) {
    throw requestTimeTooSkewed();
  }
}

import type { ObjectInfo } from '@rebatch/objects';
import { RESTORED_UNTIL } from './attributes.ts';
import { httpDate } from './format-time.ts';

/** Until when an archived object can be read, as headers and listings say it; nothing of one that was never restored. */
export function restoreInfo({ attributes }: ObjectInfo): string | undefined {
  const until = attributes[RESTORED_UNTIL];
  return until === undefined
    ? undefined
    : `ongoing-request="false", expiry-date="${httpDate(Number(until))}"`;
}

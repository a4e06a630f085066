import type { ObjectInfo } from '@rebatch/objects';
import { invalidObjectState } from '../gateway/oss-errors.ts';
import { RESTORED_UNTIL, STORAGE_CLASS } from './attributes.ts';

/** Whether the object has a class whose objects are restored before they are read. */
export function isArchived({ attributes }: ObjectInfo): boolean {
  return attributes[STORAGE_CLASS]?.endsWith('Archive') === true;
}

/**
 * An archived object can be read as long as it is restored. `now` is in milliseconds since the epoch.
 * @throws OssError InvalidObjectState
 */
export function requireReadable(info: ObjectInfo, now: number): void {
  if (isArchived(info) && Number(info.attributes[RESTORED_UNTIL] ?? 0) <= now) {
    throw invalidObjectState();
  }
}

import type { ObjectInfo } from '@rebatch/objects';
import { isDue, type LifecycleRule } from '../configs/lifecycle-rules.ts';
import { STORAGE_CLASS } from '../wire/attributes.ts';

/** The class that an object should have and has not: that of the last transition that is due, counted from `since`. */
export function dueClass(
  transitions: LifecycleRule['transitions'],
  { attributes }: ObjectInfo,
  since: number,
  now: number,
): string | undefined {
  const due = transitions.findLast((transition) => isDue(transition.due, since, now));
  const current = attributes[STORAGE_CLASS] ?? 'Standard';
  return due === undefined || due.storageClass === current ? undefined : due.storageClass;
}

import type { ObjectInfo } from '@rebatch/objects';
import { isDue, type LifecycleRule } from '../configs/lifecycle-rules.ts';
import { STORAGE_CLASS, TAGGING } from '../wire/attributes.ts';
import { parseTags } from '../wire/tags.ts';

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

/** Whether an object has all of the tags; a delete marker has none. */
export function hasTags(object: ObjectInfo | undefined, wanted: LifecycleRule['tags']): boolean {
  if (wanted.length === 0) {
    return true;
  }
  const tags = new Map(parseTags(object?.attributes[TAGGING] ?? ''));
  return wanted.every(([key, value]) => tags.get(key) === value);
}

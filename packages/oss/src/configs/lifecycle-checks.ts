import { invalidArgument, invalidRequest } from '../gateway/oss-errors.ts';
import { requireObjectTags } from '../wire/tags.ts';
import type { Due, LifecycleRule } from './lifecycle-rules.ts';

/**
 * Refuses rules that make no sense. Only of new ones: those that a bucket has are applied as they are.
 * A tag that is too long for any object is let be: the vendor's service does so, too.
 * @throws OssError InvalidArgument, InvalidRequest, InvalidTag
 */
export function requireSense(rules: readonly LifecycleRule[]): void {
  for (const rule of rules) {
    requireObjectTags(rule.filter.tags);
    requireOrder(rule.transitions, rule.expiration);
    requireOrder(rule.noncurrentTransitions, rule.noncurrentExpiration);
  }
}

/**
 * What grows cold does not grow warm again, and what has expired cannot change its class.
 * @throws OssError InvalidArgument; InvalidRequest when some is told by age and some by date
 */
function requireOrder(transitions: LifecycleRule['transitions'], expiration: Due | undefined): void {
  if (transitions.some(({ storageClass }) => storageClass === 'Standard')) {
    throw invalidArgument('Nothing can be moved to the class Standard by age.', 'StorageClass', 'Standard');
  }
  const dues = [...transitions.map(({ due }) => due), ...(expiration === undefined ? [] : [expiration])];
  if (new Set(dues.map(({ kind }) => kind)).size > 1) {
    throw invalidRequest('A rule names either days or dates, not both.');
  }
  const ages = dues.flatMap((due) => (due.kind === 'age' ? [due.ms] : []));
  if (ages.some((age, index) => age <= (ages[index - 1] ?? 0))) {
    throw invalidArgument(
      'The days to a colder storage class, and to the end, must be more than those before.',
    );
  }
}

/**
 * Refuses two rules that do the same to the same objects: the prefix of one begins with that of the other, and neither
 * chooses among what is below it. `x-oss-allow-same-action-overlap: true` lets them be.
 * @throws OssError InvalidArgument
 */
export function requireNoOverlap(rules: readonly LifecycleRule[]): void {
  const simple = rules
    .filter(({ filter }) => filter.tags.length === 0 && filter.except.length === 0)
    .map((rule) => ({ prefix: rule.prefix, actions: actionsOf(rule) }));
  for (const [index, { prefix, actions }] of simple.entries()) {
    for (const other of simple.slice(index + 1)) {
      const overlaps = prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix);
      const action = overlaps ? actions.find((name) => other.actions.includes(name)) : undefined;
      if (action !== undefined) {
        throw invalidArgument(`Overlap for same action type ${action}`);
      }
    }
  }
}

function actionsOf(rule: LifecycleRule): string[] {
  return [
    ...(rule.expiration !== undefined || rule.expiredMarkers ? ['Expiration'] : []),
    ...(rule.abort === undefined ? [] : ['AbortMultipartUpload']),
    ...(rule.transitions.length === 0 ? [] : ['Transition']),
    ...(rule.noncurrentExpiration === undefined ? [] : ['NoncurrentVersionExpiration']),
    ...(rule.noncurrentTransitions.length === 0 ? [] : ['NoncurrentVersionTransition']),
  ];
}

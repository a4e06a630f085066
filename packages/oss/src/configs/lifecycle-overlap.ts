import { invalidArgument } from '../gateway/oss-errors.ts';
import type { LifecycleRule } from './lifecycle-rules.ts';

/**
 * Refuses two rules that do the same to the same objects: the prefix of one begins with that of the other, and neither
 * chooses among what is below it. `x-oss-allow-same-action-overlap: true` lets them be.
 * @throws OssError InvalidArgument
 */
export function requireNoOverlap(rules: readonly LifecycleRule[]): void {
  const simple = rules.filter(({ filter }) => filter.tags.length === 0 && filter.except.length === 0);
  for (const [index, rule] of simple.entries()) {
    for (const other of simple.slice(index + 1)) {
      const action = actionsOf(rule).find((name) => actionsOf(other).includes(name));
      if (
        action !== undefined &&
        (rule.prefix.startsWith(other.prefix) || other.prefix.startsWith(rule.prefix))
      ) {
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

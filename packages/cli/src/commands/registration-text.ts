import type { Registration } from '@rebatch/apps';
import { printable } from '../terminal/printable.ts';

/** What registering an App did or would do, with every change on a line of its own. */
export function registrationText({ name, action, changes, dryRun }: Registration): string {
  const verbs = {
    created: dryRun ? 'would be created' : 'created',
    updated: dryRun ? 'would be updated' : 'updated',
    unchanged: 'is up to date',
  };
  return [`${name} ${verbs[action]}`, ...changes.map((change) => `  ${printable(change)}`)].join('\n');
}

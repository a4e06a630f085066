import { notFound } from '@rebatch/model';
import type { ControlOptions } from './context.ts';
import type { Caller } from './control.ts';
import { parseQualifier } from './parse-qualifier.ts';

/**
 * DELETE /apps/{Name}: the App, or one revision of it. Deleting an unknown App succeeds (spec/batchcompute-api.md §8.4).
 *
 * @throws InvalidResource.NotFound when the App has no such revision.
 */
export function deleteApp({ store }: ControlOptions, caller: Caller, name: string, qualifier: string): void {
  const app = store.findApp(caller.owner, name);
  if (app === undefined) return;
  const revision = parseQualifier(qualifier);
  if (revision === undefined) store.deleteApp(app.rowId);
  else if (!store.deleteRevision(app.rowId, revision)) throw notFound();
}

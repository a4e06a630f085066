import type { AppDescription } from '@rebatch/model';
import type { ControlOptions } from './context.ts';
import type { Caller } from './control.ts';
import { existing } from './get-app.ts';

/**
 * PUT /apps/{Name}: the description becomes the next revision (spec/batchcompute-api.md §8.4).
 *
 * @throws InvalidResource.NotFound when the caller has no such App.
 */
export function modifyApp(
  { store, clock }: ControlOptions,
  caller: Caller,
  name: string,
  description: AppDescription,
): void {
  store.transaction(() => {
    const app = existing(store.findApp(caller.owner, name));
    store.addRevision(app.rowId, description, clock.now());
  });
}

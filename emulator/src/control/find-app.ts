import { operatorOf } from '../store/accounts.ts';
import type { StoredApp } from '../store/apps.ts';
import type { ControlOptions } from './context.ts';
import type { AppScope, Caller } from './control.ts';

/** Whose Apps a scope means: public ones are the operator's. */
export function ownerOf({ store }: Pick<ControlOptions, 'store'>, caller: Caller, scope: AppScope): string {
  return scope === 'Public' ? operatorOf(store) : caller.owner;
}

/** The latest revision of an App that the caller may use. */
export function findApp(
  options: Pick<ControlOptions, 'store'>,
  caller: Caller,
  name: string,
  scope: AppScope,
): StoredApp | undefined {
  return options.store.findApp(ownerOf(options, caller, scope), name);
}

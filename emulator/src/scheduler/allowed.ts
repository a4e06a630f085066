import type { State } from '@rebatch/model';

/** States from which a user may do what (spec/batchcompute-api.md §10.2, §20.2). */
export const ALLOWED = {
  stop: ['Waiting', 'Running'],
  start: ['Stopped', 'Failed'],
  changePriority: ['Stopped', 'Failed'],
  delete: ['Finished', 'Failed', 'Stopped'],
} as const satisfies Record<string, readonly State[]>;

export type UserAction = keyof typeof ALLOWED;

export function isAllowed(action: UserAction, state: State): boolean {
  return ALLOWED[action].some((allowed) => allowed === state);
}

/** State of a Job, Task or Instance; clients raise on any other text (spec/batchcompute-api.md §10.1). */
export type State = 'Waiting' | 'Running' | 'Finished' | 'Failed' | 'Stopped';

export const STATES = [
  'Waiting',
  'Running',
  'Finished',
  'Failed',
  'Stopped',
] as const satisfies readonly State[];

/** True for a state that only a user action can leave. */
export function isFinal(state: State): state is 'Finished' | 'Failed' | 'Stopped' {
  return state === 'Finished' || state === 'Failed' || state === 'Stopped';
}

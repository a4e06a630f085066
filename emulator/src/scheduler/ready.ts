import type { State } from '@rebatch/model';
import type { TaskState } from './job-state.ts';

/** True when the task has work left and all its predecessors are Finished (spec/batchcompute-api.md §7). */
export function isReady(task: TaskState, stateOf: (name: string) => State | undefined): boolean {
  return (
    (task.state === 'Waiting' || task.state === 'Running') &&
    task.predecessors.every((name) => stateOf(name) === 'Finished')
  );
}

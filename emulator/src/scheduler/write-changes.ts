import type { Store } from '../store/store.ts';
import type { Change } from './decision.ts';
import type { JobState } from './job-state.ts';

/** Writes changes of a job that `evolve` has applied already. Runs inside the caller's transaction. */
export function writeChanges(store: Store, job: JobState, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.kind === 'job') {
      store.updateJob(job);
      continue;
    }
    const task = job.tasks.get(change.task);
    if (task === undefined) continue;
    switch (change.kind) {
      case 'task':
        store.updateTask(task);
        break;
      case 'instance':
        store.writeInstance(task.rowId, change.instance);
        break;
      case 'halt':
        store.haltInstances(task.rowId, change.at);
        break;
      case 'requeue':
        store.requeueInstances(task.rowId);
        break;
    }
  }
}

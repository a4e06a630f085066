import { UNTOUCHED } from '../store/fresh-instance.ts';
import type { InstanceRow } from '../store/rows.ts';
import type { Change } from './decision.ts';
import type { JobState } from './job-state.ts';

/** Applies changes to the job in place. What it does to memory, `writeChanges` does to the store. */
export function evolve(job: JobState, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.kind === 'job') {
      Object.assign(job, change.patch);
      continue;
    }
    const task = job.tasks.get(change.task);
    if (task === undefined) continue;
    switch (change.kind) {
      case 'task':
        Object.assign(task, change.patch);
        break;
      case 'instance':
        if (change.instance.phase === 'Finished') task.instances.delete(change.instance.number);
        else task.instances.set(change.instance.number, change.instance);
        break;
      case 'halt':
        for (const [number, instance] of task.instances) {
          if (isOpen(instance)) task.instances.set(number, halted(instance, change.at));
        }
        break;
      case 'requeue':
        for (const [number, instance] of task.instances) task.instances.set(number, requeued(instance));
        break;
    }
  }
}

export const isOpen = ({ phase }: InstanceRow): boolean =>
  phase === 'Waiting' || phase === 'Dispatched' || phase === 'Running';

export function halted(instance: InstanceRow, at: number): InstanceRow {
  const { startedAt } = instance;
  return { ...instance, phase: 'Stopped', endedAt: startedAt === null ? null : Math.max(startedAt, at) };
}

export function requeued(instance: InstanceRow): InstanceRow {
  return { ...instance, ...UNTOUCHED, phase: 'Waiting' };
}

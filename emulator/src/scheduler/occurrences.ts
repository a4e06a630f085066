import type { State } from '@rebatch/model';
import type { Occurrence } from '../events/occurrence.ts';
import type { InstanceRow, JobRow, Phase, TaskRow } from '../store/rows.ts';
import type { Change } from './decision.ts';
import { halted, isOpen, requeued } from './evolve.ts';
import type { JobState } from './job-state.ts';

/**
 * What changes mean to users, before `evolve` applies them: a job comes before its tasks and instances when it begins
 * something, and after them when it ends. Instances that never left Waiting have no row and are not told of one by one;
 * their task speaks for them.
 */
export function occurrencesOf(before: JobState, changes: readonly Change[]): Occurrence[] {
  const after = jobAfter(before, changes);
  const tasks = tasksAfter(before, changes);
  const job: Occurrence[] = after.state === before.state ? [] : [{ name: `OnJob${after.state}`, job: after }];
  const ofTasks: Occurrence[] = [];
  for (const [name, task] of tasks) {
    if (task.state === before.tasks.get(name)?.state) continue;
    ofTasks.push({ name: `OnTask${task.state}`, job: after, task });
  }
  const ofInstances: Occurrence[] = [];
  for (const change of changes) {
    if (change.kind === 'job' || change.kind === 'task') continue;
    const task = tasks.get(change.task) ?? before.tasks.get(change.task);
    if (task === undefined) continue;
    for (const instance of moved(before, change)) {
      ofInstances.push({ name: `OnInstance${wireState(instance.phase)}`, job: after, task, instance });
    }
  }
  const begins = after.state === 'Waiting' || after.state === 'Running';
  return begins ? [...job, ...ofTasks, ...ofInstances] : [...ofInstances, ...ofTasks, ...job];
}

function jobAfter(before: JobState, changes: readonly Change[]): JobRow {
  const after = { ...before };
  for (const change of changes) if (change.kind === 'job') Object.assign(after, change.patch);
  return after;
}

function tasksAfter(before: JobState, changes: readonly Change[]): Map<string, TaskRow> {
  const after = new Map<string, TaskRow>();
  for (const change of changes) {
    if (change.kind !== 'task') continue;
    const task = after.get(change.task) ?? before.tasks.get(change.task);
    if (task !== undefined) after.set(change.task, { ...task, ...change.patch });
  }
  return after;
}

/** Instances that a change puts into another state, as it leaves them. */
function moved(
  { tasks }: JobState,
  change: Extract<Change, { kind: 'instance' | 'halt' | 'requeue' }>,
): InstanceRow[] {
  const known = tasks.get(change.task)?.instances;
  if (known === undefined) return [];
  if (change.kind === 'halt') {
    return [...known.values()].filter(isOpen).map((instance) => halted(instance, change.at));
  }
  if (change.kind === 'requeue') {
    return [...known.values()].filter(({ phase }) => wireState(phase) !== 'Waiting').map(requeued);
  }
  const from = known.get(change.instance.number)?.phase ?? 'Waiting';
  return wireState(from) === wireState(change.instance.phase) ? [] : [change.instance];
}

/** Handed over, but its program has not started: still Waiting to the world. */
function wireState(phase: Phase): State {
  return phase === 'Dispatched' ? 'Waiting' : phase;
}

import type { State } from '@rebatch/model';
import type { Occurrence } from '../events/occurrence.ts';
import type { InstanceRow, JobRow, Phase, TaskRow } from '../store/rows.ts';
import type { Change } from './decision.ts';
import { halted, isOpen, requeued } from './evolve.ts';
import type { JobState } from './job-state.ts';

/**
 * What changes mean to users, before `evolve` applies them: a job comes before its tasks and instances when they begin
 * something, and after them when they end. Instances that never left Waiting have no row and are not told of one by one;
 * their task speaks for them.
 */
export function occurrencesOf(before: JobState, changes: readonly Change[]): Occurrence[] {
  const job = jobAfter(before, changes);
  const tasks = tasksAfter(before, changes);
  const ofJob: Occurrence[] = job.state === before.state ? [] : [{ name: `OnJob${job.state}`, job }];
  const ofTasks: Occurrence[] = [];
  for (const [name, task] of tasks) {
    if (task.state === before.tasks.get(name)?.state) continue;
    ofTasks.push({ name: `OnTask${task.state}`, job, task });
  }
  const ofInstances = instancesMoved(before, changes).flatMap(([name, instance]): Occurrence[] => {
    const task = tasks.get(name) ?? before.tasks.get(name);
    return task === undefined
      ? []
      : [{ name: `OnInstance${wireState(instance.phase)}`, job, task, instance }];
  });
  return [
    ...[...ofJob, ...ofTasks, ...ofInstances].filter(begins),
    ...[...ofInstances, ...ofTasks, ...ofJob].filter((occurrence) => !begins(occurrence)),
  ];
}

function begins({ name }: Occurrence): boolean {
  return name.endsWith('Waiting') || name.endsWith('Running');
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

/** Instances that changes put into another state, as they leave them, each with its task's name. */
function instancesMoved(before: JobState, changes: readonly Change[]): [task: string, InstanceRow][] {
  const after = new Map<string, Map<number, InstanceRow>>();
  for (const change of changes) {
    if (change.kind === 'job' || change.kind === 'task') continue;
    const known = before.tasks.get(change.task)?.instances;
    const changed = after.get(change.task) ?? new Map<number, InstanceRow>();
    after.set(change.task, changed);
    if (change.kind === 'instance') {
      changed.set(change.instance.number, change.instance);
      continue;
    }
    for (const [number, instance] of known ?? []) {
      const current = changed.get(number) ?? instance;
      if (change.kind === 'requeue') changed.set(number, requeued(current));
      else if (isOpen(current)) changed.set(number, halted(current, change.at));
    }
  }
  return [...after].flatMap(([task, changed]) =>
    [...changed.values()]
      .filter(({ number, phase }) => {
        const from = before.tasks.get(task)?.instances.get(number)?.phase ?? 'Waiting';
        return wireState(from) !== wireState(phase);
      })
      .map((instance): [string, InstanceRow] => [task, instance]),
  );
}

/** Handed over, but its program has not started: still Waiting to the world. */
function wireState(phase: Phase): State {
  return phase === 'Dispatched' ? 'Waiting' : phase;
}

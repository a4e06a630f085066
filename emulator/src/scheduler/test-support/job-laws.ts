import { isFinal } from '@rebatch/model';
import type { JobState, TaskState } from '../job-state.ts';

/** The laws of spec/batchcompute-api.md §10 that a job breaks as it stands; none, if all is well. */
export function brokenJobLaws(job: JobState): string[] {
  const tasks = [...job.tasks.values()];
  const over = isFinal(job.state);
  const laws: Record<string, boolean> = {
    'a final job has only final tasks': !over || tasks.every(({ state }) => isFinal(state)),
    'a job is Finished when all its tasks are, and only then':
      (job.state === 'Finished') === tasks.every(({ state }) => state === 'Finished'),
    'in a Waiting job no task runs':
      job.state !== 'Waiting' || tasks.every(({ state }) => state === 'Waiting' || state === 'Finished'),
    'a Failed job says why': job.state !== 'Failed' || job.message !== '',
    'only JobFailOnInstanceFail fails a job': job.failOnInstanceFail || job.state !== 'Failed',
    'only a final job has an end': over || job.endedAt === null,
  };
  return [...brokenOf(laws), ...tasks.flatMap((task) => brokenTaskLaws(job, task))];
}

function brokenTaskLaws(job: JobState, task: TaskState): string[] {
  const { waiting, running, finished, failed, stopped } = task.counts;
  const instances = [...task.instances.values()];
  const count = (...phases: string[]): number =>
    instances.filter(({ phase }) => phases.includes(phase)).length;
  const fresh = isFinal(task.state) ? 0 : task.instanceCount - task.cursor;
  const laws: Record<string, boolean> = {
    'counts add up to InstanceCount': waiting + running + finished + failed + stopped === task.instanceCount,
    'no count is negative': Math.min(waiting, running, finished, failed, stopped) >= 0,
    'counts agree with the instances':
      running === count('Running') &&
      failed === count('Failed') &&
      waiting === count('Waiting', 'Dispatched') + fresh &&
      finished === task.cursor - instances.length,
    'an instance that has not failed has retries left': instances.every(
      ({ phase, failures }) => failures <= task.maxRetryCount + (phase === 'Failed' ? 1 : 0),
    ),
    'a task runs only after its predecessors':
      task.state !== 'Running' ||
      task.predecessors.every((name) => job.tasks.get(name)?.state === 'Finished'),
    'a Finished task has tried all its instances':
      task.state !== 'Finished' || finished + failed === task.instanceCount,
    'with JobFailOnInstanceFail a Finished task has no failure':
      task.state !== 'Finished' || !job.failOnInstanceFail || failed === 0,
    'a final task has nothing that waits or runs': !isFinal(task.state) || waiting + running === 0,
  };
  return brokenOf(laws).map((law) => `${task.name}: ${law}`);
}

const brokenOf = (laws: Record<string, boolean>): string[] =>
  Object.entries(laws).flatMap(([law, kept]) => (kept ? [] : [law]));

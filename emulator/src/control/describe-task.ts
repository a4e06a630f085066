import { notFound, type TaskDescription } from '@rebatch/model';
import type { JobRow } from '../store/rows.ts';
import type { ControlOptions } from './context.ts';

/** The task as it is run, whether written by the client or expanded from an App. */
export function describeTask({ store }: ControlOptions, job: JobRow, taskName: string): TaskDescription {
  const tasks = store.readDag(job.seq)?.Tasks;
  const task = tasks !== undefined && Object.hasOwn(tasks, taskName) ? tasks[taskName] : undefined;
  if (task === undefined) throw notFound();
  return task;
}

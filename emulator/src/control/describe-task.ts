import { notFound, type TaskDescription } from '@rebatch/model';
import type { JobRow } from '../store/rows.ts';
import type { ControlOptions } from './context.ts';

export interface RunningTask {
  task: TaskDescription;
  /** What the App's outputs are called and where they go; empty for DAG jobs. */
  outputs: Record<string, string>;
}

/** The task as it is run, whether written by the client or expanded from an App. */
export function describeTask({ store }: ControlOptions, job: JobRow, taskName: string): RunningTask {
  const tasks = store.readDag(job.seq)?.Tasks;
  const task = tasks !== undefined && Object.hasOwn(tasks, taskName) ? tasks[taskName] : undefined;
  if (task === undefined) throw notFound();
  const description = store.readDescription(job.seq);
  return { task, outputs: description?.Type === 'App' ? description.App.Outputs : {} };
}

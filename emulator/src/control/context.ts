import { type Clock, type NasFolder, notFound } from '@rebatch/model';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { JobRow, TaskRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Caller } from './control.ts';
import type { ImageNames } from './image-names.ts';

/** What every verb may need. */
export interface ControlOptions {
  store: Store;
  scheduler: Scheduler;
  clock: Clock;
  images: ImageNames;
  /** What file servers stand for; absent: whatever a job says of them is let through. */
  nas?: readonly NasFolder[];
  /** Gives ids of new jobs. */
  newJobId(): string;
}

/** @throws InvalidResource.NotFound when the caller has no such job. */
export function findOwnJob({ store }: ControlOptions, caller: Caller, jobId: string): JobRow {
  const job = store.findJob(jobId);
  if (job === undefined || job.owner !== caller.owner) throw notFound();
  return job;
}

/** @throws InvalidResource.NotFound when the caller has no such job or the job no such task. */
export function findOwnTask(
  options: ControlOptions,
  caller: Caller,
  jobId: string,
  taskName: string,
): { job: JobRow; task: TaskRow } {
  const job = findOwnJob(options, caller, jobId);
  const task = options.store.findTask(job.seq, taskName);
  if (task === undefined) throw notFound();
  return { job, task };
}

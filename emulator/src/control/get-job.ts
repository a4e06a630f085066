import type { JobView } from '@rebatch/model';
import { type ControlOptions, findOwnJob } from './context.ts';
import type { Caller } from './control.ts';
import { jobView } from './views.ts';

/** GET /jobs/{Id} (spec/batchcompute-api.md §10.5). */
export function getJob(options: ControlOptions, caller: Caller, jobId: string): JobView {
  const job = findOwnJob(options, caller, jobId);
  return jobView(job, options.store.countTasks(job.seq), options.scheduler.waitingReason(jobId));
}

import { type JobDescription, notFound, renderJobDescription } from '@rebatch/model';
import { type ControlOptions, findOwnJob } from './context.ts';
import type { Caller } from './control.ts';

/** GET /jobs/{Id}?description: what was submitted, defaults filled; an App job stays one (spec/batchcompute-api.md §10.5). */
export function getJobDescription(
  options: ControlOptions,
  caller: Caller,
  jobId: string,
): JobDescription & { Id: string } {
  const job = findOwnJob(options, caller, jobId);
  const description = options.store.readDescription(job.seq);
  if (description === undefined) throw notFound();
  return renderJobDescription(description, jobId);
}

import type { JobDescription } from '@rebatch/model';
import { fingerprint } from './fingerprint.ts';
import type { ControlOptions } from './context.ts';
import type { Caller } from './control.ts';
import { resolveJob } from './resolve-job.ts';

/** POST /jobs (spec/batchcompute-api.md §7, §8). */
export async function submitJob(
  options: ControlOptions,
  caller: Caller,
  description: JobDescription,
  idempotentToken?: string,
): Promise<{ Id: string }> {
  const { dag } = resolveJob(options, caller, description);
  const job = {
    id: options.newJobId(),
    owner: caller.owner,
    createdAt: options.clock.now(),
    description,
    dag,
  };
  const token =
    idempotentToken === undefined
      ? undefined
      : { token: idempotentToken, fingerprint: fingerprint(description) };
  return { Id: await options.scheduler.submit(job, token) };
}

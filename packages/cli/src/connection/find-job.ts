import { type BatchComputeClient, BatchComputeError } from '@rebatch/client';
import type { JobView } from '@rebatch/model';
import { CliError, UsageError } from '../cli-error.ts';

/** The job that an argument names: its id, or `last` for the newest one. */
export async function findJob(client: BatchComputeClient, text: string): Promise<JobView> {
  if (text === 'last') {
    const page = await client.listJobs({ orderBy: 'CreationTime', reverse: true }, { limit: 1 });
    const [job] = page.Items;
    if (job === undefined) throw new CliError('there are no jobs yet');
    return job;
  }
  if (!/^job-[0-9A-Fa-f]{1,64}$/.test(text)) {
    throw new UsageError(`"${text}" is no job: give an id such as job-00…, or "last" for the newest`);
  }
  try {
    return await client.getJob(text);
  } catch (error) {
    if (!(error instanceof BatchComputeError && error.status === 404)) throw error;
    throw new CliError(`there is no job ${text}: see "rebatch jobs"`, { cause: error });
  }
}

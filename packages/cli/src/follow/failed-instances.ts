import type { BatchComputeClient } from '@rebatch/client';
import type { InstanceView } from '@rebatch/model';

/** The first instances of a job that failed, at most `limit`. */
export async function failedInstances(
  jobs: BatchComputeClient,
  jobId: string,
  limit: number,
): Promise<{ task: string; instance: InstanceView }[]> {
  const found: { task: string; instance: InstanceView }[] = [];
  for await (const task of jobs.tasks(jobId)) {
    if (task.InstanceMetrics.FailedCount === 0) continue;
    for await (const instance of jobs.instances(jobId, task.TaskName, { state: 'Failed' })) {
      found.push({ task: task.TaskName, instance });
      if (found.length >= limit) return found;
    }
  }
  return found;
}

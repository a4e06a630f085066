import { type InstanceView, notFound } from '@rebatch/model';
import { type ControlOptions, findOwnTask } from './context.ts';
import type { Caller } from './control.ts';
import { describeTask } from './describe-task.ts';
import { instanceView } from './views.ts';

/** GET …/instances/{InstanceId}. */
export function getInstance(
  options: ControlOptions,
  caller: Caller,
  jobId: string,
  taskName: string,
  instanceId: number,
): InstanceView {
  const { job, task } = findOwnTask(options, caller, jobId, taskName);
  const instance = options.store.findInstance(task, instanceId);
  if (instance === undefined) throw notFound();
  return instanceView(
    { jobId, taskName, instanceId },
    instance,
    describeTask(options, job, taskName),
    options.scheduler.explain(jobId, taskName).get(taskName),
  );
}

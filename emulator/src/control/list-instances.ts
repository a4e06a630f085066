import type { InstanceView, Page, State } from '@rebatch/model';
import { type ControlOptions, findOwnTask } from './context.ts';
import type { Caller, PageRequest } from './control.ts';
import { describeTask } from './describe-task.ts';
import { toPage } from './to-page.ts';
import { instanceView } from './views.ts';

/** GET …/instances. The marker is the number at which the next page starts, in decimal (spec/batchcompute-api.md §4.4). */
export function listInstances(
  options: ControlOptions,
  caller: Caller,
  jobId: string,
  taskName: string,
  filter: { state?: State },
  { marker, limit }: PageRequest,
): Page<InstanceView> {
  const { job, task } = findOwnTask(options, caller, jobId, taskName);
  const description = describeTask(options, job, taskName);
  const wait = options.scheduler.explain(jobId, taskName).get(taskName);
  const rows = options.store.listInstances(task, { ...filter, from: Number(marker), limit: limit + 1 });
  return toPage(
    rows,
    limit,
    marker,
    (last) => String(last.number + 1),
    (instance) => instanceView({ jobId, taskName, instanceId: instance.number }, instance, description, wait),
  );
}

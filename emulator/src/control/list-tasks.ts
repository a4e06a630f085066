import { invalidParameter, type Page, type State, type TaskView } from '@rebatch/model';
import { type ControlOptions, findOwnJob } from './context.ts';
import type { Caller, PageRequest } from './control.ts';
import { toPage } from './to-page.ts';
import { taskView } from './views.ts';

/** GET /jobs/{Id}/tasks, in the order of the description. The marker is the name of the last task seen. */
export function listTasks(
  options: ControlOptions,
  caller: Caller,
  jobId: string,
  filter: { state?: State; clusterId?: string },
  { marker, limit }: PageRequest,
): Page<TaskView> {
  const { store } = options;
  const job = findOwnJob(options, caller, jobId);
  const seen = marker === '' ? undefined : store.findTask(job.seq, marker);
  if (marker !== '' && seen === undefined) {
    throw invalidParameter('Marker', 'It must be a NextMarker of a list of this job.');
  }
  const rows = store.listTasks(job.seq, { ...filter, after: seen?.rowId ?? 0, limit: limit + 1 });
  const waits = options.scheduler.explain(jobId);
  return toPage(
    rows,
    limit,
    marker,
    (last) => last.name,
    (task) => taskView(task, waits.get(task.name)),
  );
}

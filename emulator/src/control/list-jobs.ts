import { invalidParameter, type JobView, type Page } from '@rebatch/model';
import type { ControlOptions } from './context.ts';
import type { Caller, JobFilter, PageRequest } from './control.ts';
import { toPage } from './to-page.ts';
import { jobView } from './views.ts';

/**
 * GET /jobs (spec/batchcompute-api.md §4.4, §5). The oldest first unless asked otherwise. The marker is the sort key of
 * the last job seen, so that it holds when that job is deleted.
 */
export function listJobs(
  options: ControlOptions,
  caller: Caller,
  filter: JobFilter,
  { marker, limit }: PageRequest,
): Page<JobView> {
  const { store, scheduler } = options;
  const orderBy = filter.orderBy ?? 'CreationTime';
  if (marker !== '' && !(orderBy === 'Id' ? /^job-[0-9A-F]{32}$/ : /^\d{1,15}$/).test(marker)) {
    throw invalidParameter('Marker', 'It must be a NextMarker of a list in the same order.');
  }
  const rows = store.listJobs({
    owner: caller.owner,
    ...(filter.state === undefined ? {} : { state: filter.state }),
    ...(filter.clusterId === undefined ? {} : { clusterId: filter.clusterId }),
    orderBy,
    reverse: filter.reverse ?? false,
    ...(marker === '' ? {} : { after: marker }),
    limit: limit + 1,
  });
  return toPage(
    rows,
    limit,
    marker,
    (last) => (orderBy === 'Id' ? last.id : String(last.seq)),
    (job) => jobView(job, store.countTasks(job.seq), scheduler.waitingReason(job.id)),
  );
}

import { invalidParameter, isFinal, type State } from '@rebatch/model';
import { freshInstance } from '../store/fresh-instance.ts';
import type { Counts, InstanceRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { JobRecord, TaskRecord, TransferRecord } from './records.ts';

export interface ImportCounts {
  Jobs: number;
  Apps: number;
  /** Those that were there already and stayed as they are. */
  KeptJobs: number;
  KeptApps: number;
}

const INTERRUPTED = 'It had work left when it was exported; start it to go on.';

/**
 * Adds what is not there yet, all of it in one transaction; what is there stays as it is, so that an import can be
 * repeated. A job that had work left comes in as Stopped: it may still run where it came from.
 *
 * @returns counts, and the state of each job that was added
 * @throws WireError InvalidLine when a job of that id belongs to somebody else; then nothing is added
 */
export function importRecords(
  store: Store,
  owner: string,
  records: readonly TransferRecord[],
  now: number,
): { counts: ImportCounts; added: { jobId: string; state: State }[] } {
  const counts: ImportCounts = { Jobs: 0, Apps: 0, KeptJobs: 0, KeptApps: 0 };
  const added: { jobId: string; state: State }[] = [];
  store.transaction(() => {
    for (const record of records) {
      if (record.kind === 'app') {
        if (store.importApp(owner, record.app)) counts.Apps++;
        else counts.KeptApps++;
        continue;
      }
      const known = store.findJob(record.job.id);
      if (known !== undefined && known.owner !== owner) {
        throw invalidParameter('Line', `There is a job ${record.job.id} of another account.`);
      }
      if (known !== undefined) {
        counts.KeptJobs++;
        continue;
      }
      added.push({ jobId: record.job.id, state: addJob(store, owner, record.job, now) });
      counts.Jobs++;
    }
  });
  return { counts, added };
}

function addJob(store: Store, owner: string, record: JobRecord, now: number): State {
  const { id, createdAt, description, dag } = record;
  const rows = store.insertJob({ id, owner, createdAt, description, dag });
  const over = isFinal(record.state);
  const state = over ? record.state : 'Stopped';
  store.updateJob({
    ...rows.job,
    state,
    message: over ? record.message : INTERRUPTED,
    startedAt: record.startedAt,
    endedAt: over || record.startedAt === null ? record.endedAt : now,
  });
  const given = new Map(record.tasks.map((task) => [task.name, task]));
  for (const row of rows.tasks) {
    const task = given.get(row.name);
    if (task === undefined) continue;
    const instances = settled(task, row.instanceCount, now);
    for (const instance of instances) store.writeInstance(row.rowId, instance);
    const done = isFinal(task.state);
    store.updateTask({
      rowId: row.rowId,
      state: done ? task.state : 'Stopped',
      counts: countsOf(instances),
      cursor: row.instanceCount,
      startedAt: task.startedAt,
      endedAt: done || task.startedAt === null ? task.endedAt : now,
    });
  }
  return state;
}

/** Every instance of the task, none with work left: those that waited or ran are stopped. */
function settled({ instances }: TaskRecord, size: number, now: number): InstanceRow[] {
  const given = new Map(instances.map((instance) => [instance.number, instance]));
  return Array.from({ length: size }, (_, number): InstanceRow => {
    const instance = given.get(number) ?? freshInstance(number, 'Stopped');
    if (instance.phase !== 'Dispatched' && isFinal(instance.phase)) return instance;
    return { ...instance, phase: 'Stopped', endedAt: instance.startedAt === null ? null : now };
  });
}

function countsOf(instances: readonly InstanceRow[]): Counts {
  const counts: Counts = { waiting: 0, running: 0, finished: 0, failed: 0, stopped: 0 };
  for (const { phase } of instances) {
    if (phase === 'Finished') counts.finished++;
    else if (phase === 'Failed') counts.failed++;
    else counts.stopped++;
  }
  return counts;
}

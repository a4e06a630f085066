import type { Store } from '../store/store.ts';
import { freshInstance } from '../store/fresh-instance.ts';
import type { InstanceRow, JobRow } from '../store/rows.ts';
import { HEADER, type JobRecord } from './records.ts';

/** Rows read at once. */
const PAGE = 50;

/**
 * Everything of an owner as lines of JSON: a header, Apps, jobs, and a last line that says how many there should be, so
 * that an export that was cut off is known for what it is. Each job is as it stood when its line was written.
 */
export function* exportLines(store: Store, owner: string): Generator<string, void, undefined> {
  yield JSON.stringify(HEADER);
  let apps = 0;
  for (let after = ''; ; ) {
    const page = store.listApps(owner, after, PAGE);
    for (const { rowId, createdAt, description } of page) {
      const { Name: name } = description;
      const revisions = store.listRevisions(rowId).map((revision) => ({
        ...revision,
        description: store.findRevision(rowId, revision.revision),
      }));
      yield JSON.stringify({
        Kind: 'App',
        App: { name, createdAt, nextRevision: store.nextRevision(rowId), revisions },
      });
      apps++;
      after = name;
    }
    if (page.length < PAGE) break;
  }
  let jobs = 0;
  for (let after = ''; ; ) {
    const page = store.listJobs({
      owner,
      orderBy: 'CreationTime',
      reverse: false,
      limit: PAGE,
      ...(after === '' ? {} : { after }),
    });
    for (const job of page) {
      after = String(job.seq);
      const record = jobRecord(store, job);
      if (record === undefined) continue;
      yield JSON.stringify({ Kind: 'Job', Job: record });
      jobs++;
    }
    if (page.length < PAGE) break;
  }
  yield JSON.stringify({ Kind: 'End', Apps: apps, Jobs: jobs });
}

/** Undefined when the job was deleted meanwhile. */
function jobRecord(store: Store, { seq, id }: JobRow): unknown {
  const job = store.findJob(id);
  const description = store.readDescription(seq);
  const dag = store.readDag(seq);
  if (job === undefined || description === undefined || dag === undefined) return undefined;
  const { createdAt, startedAt, endedAt, state, message } = job;
  const record: Omit<JobRecord, 'tasks' | 'dag'> = {
    id,
    createdAt,
    startedAt,
    endedAt,
    state,
    message,
    description,
  };
  return {
    ...record,
    // A DAG job's description holds its DAG already.
    ...(description.Type === 'DAG' ? {} : { dag }),
    tasks: store.loadTasks(seq).map((task) => ({
      name: task.name,
      state: task.state,
      startedAt: task.startedAt,
      endedAt: task.endedAt,
      instances: store.listAllInstances(task.rowId).map(briefly),
    })),
  };
}

/** Only what is not as in a new instance. */
function briefly(instance: InstanceRow): Record<string, unknown> {
  const usual = new Map<string, unknown>(Object.entries(freshInstance(instance.number, 'Waiting')));
  return {
    number: instance.number,
    ...Object.fromEntries(Object.entries(instance).filter(([key, value]) => usual.get(key) !== value)),
  };
}

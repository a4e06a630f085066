import { type Dag, type JobDescription, taskHints } from '@rebatch/model';
import type { Database } from './database.ts';
import type { JobRow, TaskRow } from './rows.ts';

export interface NewJob {
  id: string;
  owner: string;
  createdAt: number;
  /** As the client gave it, normalised; what GetJobDescription answers. */
  description: JobDescription;
  /** What is run: the description's own, or the one its App expands to. */
  dag: Dag;
}

/** Writes a job and its tasks, all Waiting. No instance gets a row, however many there are. */
export function insertJob(db: Database, job: NewJob): { job: JobRow; tasks: TaskRow[] } {
  const { description, dag } = job;
  // A DAG job's description holds its DAG already.
  const dagText = description.Type === 'DAG' ? null : JSON.stringify(dag);
  const { lastInsertRowid } = db
    .statement(
      `INSERT INTO job (id, owner, name, priority, state, fail_on_instance_fail, auto_release, created_at, description, dag)
       VALUES (?, ?, ?, ?, 'Waiting', ?, ?, ?, ?, ?)`,
    )
    .run(
      job.id,
      job.owner,
      description.Name,
      description.Priority,
      description.JobFailOnInstanceFail ? 1 : 0,
      description.AutoRelease ? 1 : 0,
      job.createdAt,
      JSON.stringify(description),
      dagText,
    );
  const seq = Number(lastInsertRowid);
  const predecessors = predecessorsOf(dag);
  const tasks = Object.entries(dag.Tasks).map(([name, task]): TaskRow => {
    const before = predecessors.get(name) ?? [];
    const { order, limits } = taskHints(task, name);
    const { lastInsertRowid: rowId } = db
      .statement(
        `INSERT INTO task (job_seq, name, state, instance_count, max_retry_count, cluster_id, predecessors, waiting,
           instance_order, limits)
         VALUES (?, ?, 'Waiting', ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        seq,
        name,
        task.InstanceCount,
        task.MaxRetryCount,
        task.ClusterId ?? '',
        JSON.stringify(before),
        task.InstanceCount,
        order,
        JSON.stringify(limits),
      );
    return {
      rowId: Number(rowId),
      jobSeq: seq,
      name,
      state: 'Waiting',
      instanceCount: task.InstanceCount,
      maxRetryCount: task.MaxRetryCount,
      clusterId: task.ClusterId ?? '',
      predecessors: before,
      counts: { waiting: task.InstanceCount, running: 0, finished: 0, failed: 0, stopped: 0 },
      order,
      limits,
      cursor: 0,
      startedAt: null,
      endedAt: null,
    };
  });
  return {
    job: {
      seq,
      id: job.id,
      owner: job.owner,
      name: description.Name,
      priority: description.Priority,
      state: 'Waiting',
      message: '',
      failOnInstanceFail: description.JobFailOnInstanceFail,
      autoRelease: description.AutoRelease,
      createdAt: job.createdAt,
      startedAt: null,
      endedAt: null,
    },
    tasks,
  };
}

/** The wire says "predecessor → successors" (spec/batchcompute-api.md §7); a task needs the other direction. */
function predecessorsOf(dag: Dag): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [before, successors] of Object.entries(dag.Dependencies)) {
    for (const after of new Set(successors)) {
      const list = found.get(after);
      if (list) list.push(before);
      else found.set(after, [before]);
    }
  }
  return found;
}

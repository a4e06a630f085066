import type { Database } from './database.ts';

/** How long the instances of a task took that finished, milliseconds. */
export interface TaskDuration {
  /** As in the job: `:name` is a public App; "" for a DAG job. */
  app: string;
  /** The job's name; "" for App jobs, which are known by their App. */
  job: string;
  task: string;
  count: number;
  meanMs: number;
  minMs: number;
  maxMs: number;
}

/** Jobs that are looked at, the newest, and instances of each task: what is older tells less, and costs time. */
const JOBS = 300;
const INSTANCES = 100;

/** What an owner's past runs took, by App, job and task. */
export function taskDurations(db: Database, owner: string): TaskDuration[] {
  return db
    .statement(
      `WITH recent AS (
         SELECT seq, name, coalesce(json_extract(description, '$.App.AppName'), '') AS app
         FROM job WHERE owner = ?1 AND state IN ('Finished', 'Failed', 'Stopped') ORDER BY seq DESC LIMIT ?2)
       SELECT recent.app AS app, iif(recent.app = '', recent.name, '') AS job, task.name AS task, count(*) AS n,
         avg(instance.ended_at - instance.started_at) AS mean,
         min(instance.ended_at - instance.started_at) AS least,
         max(instance.ended_at - instance.started_at) AS most
       FROM recent
       JOIN task ON task.job_seq = recent.seq
       JOIN instance ON instance.task_row = task.row_id AND instance.number < ?3
       WHERE instance.phase = 'Finished'
       GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    )
    .all(owner, JOBS, INSTANCES)
    .map((row) => ({
      app: String(row['app']),
      job: String(row['job']),
      task: String(row['task']),
      count: Number(row['n']),
      meanMs: Math.round(Number(row['mean'])),
      minMs: Number(row['least']),
      maxMs: Number(row['most']),
    }));
}

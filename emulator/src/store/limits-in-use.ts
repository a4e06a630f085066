import type { Database } from './database.ts';

/** Attempts that are on the way under each named limit, by what is stored. */
export function limitsInUse(db: Database): Map<string, number> {
  const rows = db
    .statement(
      `SELECT named.value AS name, count(instance.number) AS n
       FROM job JOIN task ON task.job_seq = job.seq JOIN json_each(task.limits) AS named
       LEFT JOIN instance ON instance.task_row = task.row_id AND instance.phase IN ('Dispatched', 'Running')
       WHERE job.state IN ('Waiting', 'Running') GROUP BY named.value ORDER BY named.value`,
    )
    .all();
  return new Map(rows.map((row) => [String(row['name']), Number(row['n'])]));
}

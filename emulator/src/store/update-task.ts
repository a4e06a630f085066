import type { Database } from './database.ts';
import type { TaskRow } from './rows.ts';

/** Writes what may change of a task. */
export function updateTask(
  db: Database,
  task: Pick<TaskRow, 'rowId' | 'state' | 'counts' | 'cursor' | 'startedAt' | 'endedAt'>,
): void {
  const { counts } = task;
  db.statement(
    `UPDATE task SET state = ?, waiting = ?, running = ?, finished = ?, failed = ?, stopped = ?, cursor = ?,
       started_at = ?, ended_at = ? WHERE row_id = ?`,
  ).run(
    task.state,
    counts.waiting,
    counts.running,
    counts.finished,
    counts.failed,
    counts.stopped,
    task.cursor,
    task.startedAt,
    task.endedAt,
    task.rowId,
  );
}

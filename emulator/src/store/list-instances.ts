import type { State } from '@rebatch/model';
import type { Database } from './database.ts';
import { freshInstance } from './fresh-instance.ts';
import { toInstance } from './read-row.ts';
import type { InstanceRow, TaskRow } from './rows.ts';

/**
 * A page of a task's instances by number: rows below the cursor, and above it what the task's count implies.
 * `from`: lowest number wanted.
 */
export function listInstances(
  db: Database,
  task: TaskRow,
  query: { state?: State; from: number; limit: number },
): InstanceRow[] {
  const found = rowsOf(db, task, query);
  const implied = freshInstance(task.cursor, task.state);
  if (query.state !== undefined && query.state !== implied.phase) return found;
  for (
    let number = Math.max(query.from, task.cursor);
    number < task.instanceCount && found.length < query.limit;
    number++
  ) {
    found.push({ ...implied, number });
  }
  return found;
}

function rowsOf(
  db: Database,
  task: TaskRow,
  query: { state?: State; from: number; limit: number },
): InstanceRow[] {
  if (query.state === undefined) {
    return db
      .statement('SELECT * FROM instance WHERE task_row = ? AND number >= ? ORDER BY number LIMIT ?')
      .all(task.rowId, query.from, query.limit)
      .map(toInstance);
  }
  if (query.state !== 'Waiting') {
    return db
      .statement(
        'SELECT * FROM instance WHERE task_row = ? AND phase = ? AND number >= ? ORDER BY number LIMIT ?',
      )
      .all(task.rowId, query.state, query.from, query.limit)
      .map(toInstance);
  }
  return db
    .statement(
      `SELECT * FROM instance WHERE task_row = ? AND phase IN ('Waiting', 'Dispatched') AND number >= ?
       ORDER BY number LIMIT ?`,
    )
    .all(task.rowId, query.from, query.limit)
    .map(toInstance);
}

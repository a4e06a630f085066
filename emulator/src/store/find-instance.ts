import type { Database } from './database.ts';
import { freshInstance } from './fresh-instance.ts';
import { toInstance } from './read-row.ts';
import type { InstanceRow, TaskRow } from './rows.ts';

/** One instance, whether it has a row or not; undefined when the task has no such number. */
export function findInstance(db: Database, task: TaskRow, number: number): InstanceRow | undefined {
  if (!Number.isInteger(number) || number < 0 || number >= task.instanceCount) return undefined;
  const row = db
    .statement('SELECT * FROM instance WHERE task_row = ? AND number = ?')
    .get(task.rowId, number);
  return row ? toInstance(row) : freshInstance(number, task.state);
}

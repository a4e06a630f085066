import { positionOf, type State } from '@rebatch/model';
import type { Database } from './database.ts';
import { freshInstance } from './fresh-instance.ts';
import { toInstance } from './read-row.ts';
import type { InstanceRow, TaskRow } from './rows.ts';

/**
 * A page of a task's instances by number: those that have a row, and in between what the task's count implies.
 * `from`: lowest number wanted.
 */
export function listInstances(
  db: Database,
  task: TaskRow,
  query: { state?: State; from: number; limit: number },
): InstanceRow[] {
  const rows = rowsOf(db, task, query);
  const implied = freshInstance(0, task.state);
  if (query.state !== undefined && query.state !== implied.phase) return rows;
  const found: InstanceRow[] = [];
  const fresh = freshNumbers(task, query.from);
  let next = fresh.next();
  let row = 0;
  while (found.length < query.limit) {
    const stored = rows[row];
    if (next.done !== true && (stored === undefined || next.value < stored.number)) {
      found.push({ ...implied, number: next.value });
      next = fresh.next();
    } else if (stored !== undefined) {
      found.push(stored);
      row++;
    } else {
      break;
    }
  }
  return found;
}

/** Numbers of the instances without a row, from `from` on. */
function* freshNumbers(task: TaskRow, from: number): Generator<number, undefined> {
  const { order, instanceCount: count, cursor } = task;
  for (let number = order === 'number' ? Math.max(from, cursor) : from; number < count; number++) {
    if (positionOf(order, number, count) >= cursor) yield number;
  }
  return undefined;
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

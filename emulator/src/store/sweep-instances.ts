import type { Database } from './database.ts';

/** Removes up to `limit` instances of deleted jobs; true when there may be more. */
export function sweepInstances(db: Database, limit: number): boolean {
  return db.transaction(() => {
    let left = limit;
    for (const { task_row: taskRow } of db.statement('SELECT task_row FROM swept_task').all()) {
      const { changes } = db
        .statement(
          `DELETE FROM instance WHERE task_row = ?1
             AND number IN (SELECT number FROM instance WHERE task_row = ?1 LIMIT ?2)`,
        )
        .run(Number(taskRow), left);
      left -= Number(changes);
      if (left <= 0) return true;
      db.statement('DELETE FROM swept_task WHERE task_row = ?').run(Number(taskRow));
    }
    return false;
  });
}

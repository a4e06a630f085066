import type { Database } from './database.ts';

/** Makes the stored description say the new priority, too (spec/batchcompute-api.md §19.9). */
export function changeDescriptionPriority(db: Database, seq: number, priority: number): void {
  db.statement("UPDATE job SET description = json_set(description, '$.Priority', ?) WHERE seq = ?").run(
    priority,
    seq,
  );
}

import type { Database } from './database.ts';
import type { SqlRow } from './read-row.ts';
import type { EventRow } from './rows.ts';

/** Adds an event to the log and gives its id; ids only ever grow, also after rows were swept away. */
export function insertEvent(db: Database, event: Omit<EventRow, 'id'>): number {
  const { owner, at, name, subject, body } = event;
  const { lastInsertRowid } = db
    .statement('INSERT INTO event (owner, at, name, subject, body) VALUES (?, ?, ?, ?, ?)')
    .run(owner, at, name, subject, body);
  return Number(lastInsertRowid);
}

/** An owner's events after an id, the oldest first. */
export function listEvents(db: Database, query: { owner: string; after: number; limit: number }): EventRow[] {
  return db
    .statement(`SELECT ${COLUMNS} FROM event WHERE owner = ? AND id > ? ORDER BY id LIMIT ?`)
    .all(query.owner, query.after, query.limit)
    .map(toEvent);
}

/** An owner's events before an id (of all when absent), the newest first. */
export function listLatestEvents(
  db: Database,
  query: { owner: string; before?: number; limit: number },
): EventRow[] {
  return db
    .statement(`SELECT ${COLUMNS} FROM event WHERE owner = ? AND id < ? ORDER BY id DESC LIMIT ?`)
    .all(query.owner, query.before ?? Number.MAX_SAFE_INTEGER, query.limit)
    .map(toEvent);
}

const COLUMNS = 'id, owner, at, name, subject, body';

function toEvent(row: SqlRow): EventRow {
  return {
    id: Number(row['id']),
    owner: String(row['owner']),
    at: Number(row['at']),
    name: String(row['name']),
    subject: String(row['subject']),
    body: String(row['body']),
  };
}

/** Ids of the oldest event that is kept and of the newest that ever was; both 0 when there never was one. */
export function eventBounds(db: Database): { oldest: number; newest: number } {
  const newest = Number(
    db.statement("SELECT seq FROM sqlite_sequence WHERE name = 'event'").get()?.['seq'] ?? 0,
  );
  const oldest = db.statement('SELECT min(id) AS id FROM event').get()?.['id'];
  return { oldest: oldest === null ? newest : Number(oldest), newest };
}

/**
 * Removes up to `limit` events, the oldest first, that happened before `before` (milliseconds since the epoch) or are
 * older than the newest `keep`; true when there may be more.
 */
export function sweepEvents(
  db: Database,
  { before, keep, limit }: { before: number; keep: number; limit: number },
): boolean {
  const last = eventBounds(db).newest - keep;
  const { changes } = db
    .statement(
      `DELETE FROM event WHERE id IN (
         SELECT id FROM (SELECT id, at FROM event ORDER BY id LIMIT ?3) WHERE id <= ?1 OR at < ?2)`,
    )
    .run(last, before, limit);
  return Number(changes) === limit;
}

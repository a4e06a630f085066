import type { Database } from './database.ts';
import type { SqlRow } from './read-row.ts';
import type { LaneRow, LetterRow } from './rows.ts';

/**
 * The outbox: what still has to be told, to whom. A lane is one subject's (job's) letters to one destination; they
 * go one after the other, so that a receiver never sees an end before its beginning.
 */
export function enqueueLetter(
  db: Database,
  letter: Omit<LetterRow, 'id'>,
  to: { destination: string; subject: string; at: number },
): void {
  const { row_id: laneRow } =
    db
      .statement(
        `INSERT INTO outbox_lane (destination, subject, next_at) VALUES (?, ?, ?)
         ON CONFLICT (destination, subject) DO UPDATE SET subject = excluded.subject RETURNING row_id`,
      )
      .get(to.destination, to.subject, to.at) ?? {};
  db.statement(
    'INSERT INTO outbox (lane_row, event_id, owner, name, body, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(Number(laneRow), letter.eventId, letter.owner, letter.name, letter.body, letter.createdAt);
}

/** The next destination in alphabetical order that has something due; undefined when none follows `after`. */
export function nextDueDestination(db: Database, after: string, now: number): string | undefined {
  const row = db
    .statement(
      `SELECT destination FROM outbox_lane WHERE destination > ? AND next_at <= ? ORDER BY destination LIMIT 1`,
    )
    .get(after, now);
  return row && String(row['destination']);
}

/** Lanes of a destination that are due, the longest waiting first. */
export function listDueLanes(db: Database, destination: string, now: number, limit: number): LaneRow[] {
  return db
    .statement(
      `SELECT row_id, destination, subject, tries, next_at FROM outbox_lane
       WHERE destination = ? AND next_at <= ? ORDER BY next_at, row_id LIMIT ?`,
    )
    .all(destination, now, limit)
    .map((row) => ({
      rowId: Number(row['row_id']),
      destination: String(row['destination']),
      subject: String(row['subject']),
      tries: Number(row['tries']),
      nextAt: Number(row['next_at']),
    }));
}

/** When the next lane after `now` falls due, milliseconds since the epoch. */
export function nextLaneTime(db: Database, now: number): number | undefined {
  const at = db.statement('SELECT min(next_at) AS at FROM outbox_lane WHERE next_at > ?').get(now)?.['at'];
  return at === null || at === undefined ? undefined : Number(at);
}

/** The letter of a lane whose turn it is. */
export function firstLetter(db: Database, laneRow: number): LetterRow | undefined {
  const row = db
    .statement(
      `SELECT id, event_id, owner, name, body, created_at FROM outbox WHERE lane_row = ? ORDER BY id LIMIT 1`,
    )
    .get(laneRow);
  return row && toLetter(row);
}

/** The letter has arrived (or was given up): the lane goes on with its next one, or is done. */
export function finishLetter(db: Database, lane: LaneRow, letterId: number, now: number): void {
  db.transaction(() => {
    db.statement('DELETE FROM outbox WHERE id = ?').run(letterId);
    db.statement('UPDATE outbox_lane SET tries = 0, next_at = ? WHERE row_id = ?').run(now, lane.rowId);
    db.statement(
      'DELETE FROM outbox_lane WHERE row_id = ?1 AND NOT EXISTS (SELECT 1 FROM outbox WHERE lane_row = ?1)',
    ).run(lane.rowId);
  });
}

/** The lane's letter did not arrive; it is tried again at `nextAt`. */
export function postponeLane(db: Database, lane: LaneRow, nextAt: number): void {
  db.statement('UPDATE outbox_lane SET tries = ?, next_at = ? WHERE row_id = ?').run(
    lane.tries + 1,
    nextAt,
    lane.rowId,
  );
}

/** Letters that wait, and letters that were given up. */
export function countLetters(db: Database): { waiting: number; dead: number } {
  const count = (sql: string): number => Number(db.statement(sql).get()?.['n']);
  return {
    waiting: count('SELECT count(*) AS n FROM outbox'),
    dead: count('SELECT count(*) AS n FROM dead_letter'),
  };
}

export function toLetter(row: SqlRow): LetterRow {
  return {
    id: Number(row['id']),
    eventId: Number(row['event_id']),
    owner: String(row['owner']),
    name: String(row['name']),
    body: String(row['body']),
    createdAt: Number(row['created_at']),
  };
}

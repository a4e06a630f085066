import type { Database } from './database.ts';
import { enqueueLetter, finishLetter, toLetter } from './outbox.ts';
import type { SqlRow } from './read-row.ts';
import type { DeadLetterRow, LaneRow, LetterRow } from './rows.ts';

/** Gives a letter up: it is kept with the reason, and the lane goes on with its next one. */
export function buryLetter(
  db: Database,
  lane: LaneRow,
  letter: LetterRow,
  reason: string,
  now: number,
): void {
  db.transaction(() => {
    db.statement(
      `INSERT INTO dead_letter (id, destination, subject, event_id, owner, name, body, created_at, died_at, tries, reason)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      letter.id,
      lane.destination,
      lane.subject,
      letter.eventId,
      letter.owner,
      letter.name,
      letter.body,
      letter.createdAt,
      now,
      lane.tries + 1,
      reason,
    );
    finishLetter(db, lane, letter.id, now);
  });
}

/** An owner's dead letters after an id, the oldest first. */
export function listDeadLetters(
  db: Database,
  query: { owner: string; after: number; limit: number },
): DeadLetterRow[] {
  return db
    .statement(`SELECT ${COLUMNS} FROM dead_letter WHERE owner = ? AND id > ? ORDER BY id LIMIT ?`)
    .all(query.owner, query.after, query.limit)
    .map(toDeadLetter);
}

/** Puts a dead letter back into the outbox, due at once; false when the owner has none of that id. */
export function reviveLetter(db: Database, owner: string, id: number, now: number): boolean {
  return db.transaction(() => {
    const row = db.statement(`SELECT ${COLUMNS} FROM dead_letter WHERE owner = ? AND id = ?`).get(owner, id);
    if (row === undefined) return false;
    const letter = toDeadLetter(row);
    enqueueLetter(db, letter, { destination: letter.destination, subject: letter.subject, at: now });
    return deleteDeadLetter(db, owner, id);
  });
}

/** False when the owner has no dead letter of that id. */
export function deleteDeadLetter(db: Database, owner: string, id: number): boolean {
  return db.statement('DELETE FROM dead_letter WHERE owner = ? AND id = ?').run(owner, id).changes === 1;
}

/** Removes up to `limit` dead letters that were given up before `before`; true when there may be more. */
export function sweepDeadLetters(db: Database, before: number, limit: number): boolean {
  const { changes } = db
    .statement(
      `DELETE FROM dead_letter WHERE id IN (SELECT id FROM dead_letter WHERE died_at < ? ORDER BY died_at LIMIT ?)`,
    )
    .run(before, limit);
  return Number(changes) === limit;
}

const COLUMNS = 'id, destination, subject, event_id, owner, name, body, created_at, died_at, tries, reason';

function toDeadLetter(row: SqlRow): DeadLetterRow {
  return {
    ...toLetter(row),
    destination: String(row['destination']),
    subject: String(row['subject']),
    diedAt: Number(row['died_at']),
    tries: Number(row['tries']),
    reason: String(row['reason']),
  };
}

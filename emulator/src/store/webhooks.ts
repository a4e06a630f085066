import type { Database } from './database.ts';
import type { SqlRow } from './read-row.ts';
import type { WebhookRow } from './rows.ts';

export function insertWebhook(db: Database, webhook: WebhookRow): void {
  db.statement(
    'INSERT INTO webhook (id, owner, url, secret, events, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(
    webhook.id,
    webhook.owner,
    webhook.url,
    webhook.secret,
    JSON.stringify(webhook.events),
    webhook.createdAt,
  );
}

/** An owner's webhooks, the oldest first. */
export function listWebhooks(db: Database, owner: string): WebhookRow[] {
  return db
    .statement(`SELECT ${COLUMNS} FROM webhook WHERE owner = ? ORDER BY created_at, id`)
    .all(owner)
    .map(toWebhook);
}

export function findWebhook(db: Database, id: string): WebhookRow | undefined {
  const row = db.statement(`SELECT ${COLUMNS} FROM webhook WHERE id = ?`).get(id);
  return row && toWebhook(row);
}

/** False when the owner has no such webhook. */
export function deleteWebhook(db: Database, owner: string, id: string): boolean {
  return db.statement('DELETE FROM webhook WHERE owner = ? AND id = ?').run(owner, id).changes === 1;
}

const COLUMNS = 'id, owner, url, secret, events, created_at';

function toWebhook(row: SqlRow): WebhookRow {
  // Written by insertWebhook from a list of names.
  const events: string[] = JSON.parse(String(row['events']));
  return {
    id: String(row['id']),
    owner: String(row['owner']),
    url: String(row['url']),
    secret: String(row['secret']),
    events,
    createdAt: Number(row['created_at']),
  };
}

import type { Database } from './database.ts';
import type { AccessKeyRow } from './rows.ts';

/** Adds the key, or replaces the one with the same id. */
export function saveAccessKey(db: Database, key: AccessKeyRow): void {
  db.statement(
    `INSERT INTO access_key (id, secret, owner, enabled, created_at, note, token, expires_at, grants)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET secret = excluded.secret, owner = excluded.owner, enabled = excluded.enabled,
       note = excluded.note, token = excluded.token, expires_at = excluded.expires_at, grants = excluded.grants`,
  ).run(
    key.id,
    key.secret,
    key.owner,
    key.enabled ? 1 : 0,
    key.createdAt,
    key.note,
    key.temporary?.token ?? null,
    key.temporary?.expiresAt ?? null,
    key.grants === undefined ? null : JSON.stringify(key.grants),
  );
}

import type { Database } from './database.ts';

export interface TokenKey {
  owner: string;
  /** `job` or `app`: the same token for two kinds of resource is two tokens. */
  operation: string;
  token: string;
}

/** What an earlier request with this token was (its fingerprint) and what it answered. */
export function findToken(db: Database, key: TokenKey): { fingerprint: string; result: string } | undefined {
  const row = db
    .statement(
      'SELECT fingerprint, result FROM idempotent_token WHERE owner = ? AND operation = ? AND token = ?',
    )
    .get(key.owner, key.operation, key.token);
  return row && { fingerprint: String(row['fingerprint']), result: String(row['result']) };
}

/** Remembers a token. `at`: milliseconds since the epoch. */
export function insertToken(
  db: Database,
  key: TokenKey,
  fingerprint: string,
  result: string,
  at: number,
): void {
  db.statement(
    `INSERT INTO idempotent_token (owner, operation, token, fingerprint, result, created_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(key.owner, key.operation, key.token, fingerprint, result, at);
}

/** Forgets tokens made before `at`. */
export function purgeTokens(db: Database, at: number): void {
  db.statement('DELETE FROM idempotent_token WHERE created_at < ?').run(at);
}

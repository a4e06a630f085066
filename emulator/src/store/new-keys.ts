import { randomBytes } from 'node:crypto';
import type { Grant } from '@rebatch/oss';
import type { AccessKeyRow } from './rows.ts';
import type { Store } from './store.ts';

/** An id and a secret of the usual looks: 24 and 40 characters. */
export function drawKey(): { id: string; secret: string } {
  return {
    id: `RB${randomBytes(11).toString('hex').toUpperCase()}`,
    secret: randomBytes(20).toString('hex'),
  };
}

/** A temporary key, as it is given to the one who will use it. */
export interface TemporaryKey extends AccessKeyRow {
  temporary: { token: string; expiresAt: number };
}

/**
 * Makes and stores a temporary key of an owner, as the vendor's STS does: it counts only with its token and only for
 * `ttlMs`. With `grants` it can do nothing but read and write objects there. `now`: milliseconds since the epoch.
 */
export function makeTemporaryKey(
  store: Pick<Store, 'saveAccessKey'>,
  options: { owner: string; ttlMs: number; now: number; note?: string; grants?: readonly Grant[] },
): TemporaryKey {
  const { owner, ttlMs, now, note = '', grants } = options;
  const key = {
    id: `STS.${randomBytes(12).toString('hex').toUpperCase()}`,
    secret: randomBytes(20).toString('hex'),
    owner,
    enabled: true,
    createdAt: now,
    note,
    temporary: { token: randomBytes(48).toString('base64url'), expiresAt: now + ttlMs },
    ...(grants === undefined ? {} : { grants }),
  };
  store.saveAccessKey(key);
  return key;
}

import { createHash, timingSafeEqual } from 'node:crypto';

/** Who a request says that it is from. */
export interface Credentials {
  user: string;
  password: string;
}

/** Of an Authorization header of the kind Basic; undefined when there is none. */
export function readCredentials(header: string | undefined): Credentials | undefined {
  const match = /^basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? '');
  if (match?.[1] === undefined) return undefined;
  const text = Buffer.from(match[1], 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Compares in a time that tells nothing of the expected ones. */
export function areEqual(given: Credentials, expected: Credentials): boolean {
  const [left, right] = [given, expected].map(({ user, password }) =>
    createHash('sha256')
      .update(JSON.stringify([user, password]))
      .digest(),
  );
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}

import type { AccessKey, KeyRing } from '@rebatch/oss';
import type { Store } from './store.ts';

/** The server's accounts as a KeyRing: disabled keys are not found. */
export function storeKeyRing(store: Store): KeyRing {
  return {
    find(accessKeyId) {
      const key = store.findAccessKey(accessKeyId);
      if (key?.enabled !== true) return undefined;
      const { id, secret, owner, temporary, grants } = key;
      return { id, secret, owner, ...(temporary && { temporary }), ...(grants && { grants }) };
    },
  };
}

const OPERATOR = 'operator';
/** Account number given to the first account. */
const FIRST_OWNER = '1000001';
const FIRST_NOTE = 'first account';

/**
 * Makes the first account at first start, with the given key or a made-up one, and returns its key. A given key that
 * is not known yet is added to the same account; without one the account's oldest enabled key is returned.
 * `makeKey` draws a new id and secret; `now`: milliseconds since the epoch.
 */
export function ensureFirstAccount(
  store: Store,
  options: {
    given?: { id: string; secret: string };
    makeKey: () => { id: string; secret: string };
    now: number;
  },
): AccessKey {
  return store.transaction(() => {
    const owner = store.getMeta(OPERATOR) ?? FIRST_OWNER;
    store.setMeta(OPERATOR, owner);
    const { given } = options;
    if (given !== undefined) {
      const known = store.findAccessKey(given.id);
      const key = { ...given, owner: known?.owner ?? owner };
      store.saveAccessKey({
        ...key,
        enabled: true,
        createdAt: known?.createdAt ?? options.now,
        note: known?.note ?? FIRST_NOTE,
      });
      return key;
    }
    const own = store
      .listAccessKeys()
      .find((key) => key.enabled && key.owner === owner && key.temporary === undefined);
    if (own !== undefined) return { id: own.id, secret: own.secret, owner };
    const key = { ...options.makeKey(), owner };
    store.saveAccessKey({ ...key, enabled: true, createdAt: options.now, note: FIRST_NOTE });
    return key;
  });
}

/** A number that no account has. */
export function newOwner(store: Store): string {
  const owners = store.listAccessKeys().map((key) => Number(key.owner));
  return String(Math.max(Number(FIRST_OWNER), Number(operatorOf(store)), ...owners) + 1);
}

/** Account number of the server's operator, whose Apps are the public ones. */
export function operatorOf(store: Store): string {
  return store.getMeta(OPERATOR) ?? FIRST_OWNER;
}

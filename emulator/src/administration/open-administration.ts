import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '@rebatch/model';
import { newOwner, operatorOf } from '../store/accounts.ts';
import { drawKey, makeTemporaryKey } from '../store/new-keys.ts';
import type { AccessKeyRow } from '../store/rows.ts';
import { openStore, type Store } from '../store/store.ts';
import {
  type Administration,
  AdministrationError,
  type ListedKey,
  type ListedLimit,
} from './administration.ts';

/**
 * Opens the store of a data folder beside the server that may be running on it.
 *
 * @throws AdministrationError when no server has ever run there, StoreError when its store cannot be used
 */
export function openAdministration(dataFolder: string, clock: Clock = systemClock): Administration {
  const path = join(dataFolder, 'jobs.db');
  if (!existsSync(path)) {
    throw new AdministrationError(
      `no server has ever kept its data in ${dataFolder}: start one with "rebatch serve"`,
    );
  }
  return administer(openStore(path), clock);
}

function administer(store: Store, clock: Clock): Administration {
  const checkOwner = (owner: string): void => {
    if (owner === operatorOf(store) || store.listAccessKeys().some((key) => key.owner === owner)) return;
    throw new AdministrationError(`there is no account ${owner}: see "rebatch keys"`);
  };
  return {
    operator: operatorOf(store),
    listKeys: () => store.listAccessKeys().map(listed),
    makeKey: (wanted, note) =>
      store.transaction(() => {
        if (wanted !== 'new') checkOwner(wanted);
        const key = { ...drawKey(), owner: wanted === 'new' ? newOwner(store) : wanted };
        store.saveAccessKey({ ...key, enabled: true, createdAt: clock.now(), note });
        return key;
      }),
    makeTemporaryKey: (options) =>
      store.transaction(() => {
        checkOwner(options.owner);
        return makeTemporaryKey(store, { ...options, now: clock.now() });
      }),
    setKeyEnabled: (id, enabled) =>
      store.transaction(() => {
        const key = store.findAccessKey(id);
        if (key === undefined) return false;
        store.saveAccessKey({ ...key, enabled });
        return true;
      }),

    listQuotas: () => store.listQuotas(),
    setQuota(owner, what, amount) {
      if (owner !== '') checkOwner(owner);
      store.saveQuota(owner, what, amount);
    },

    listLimits: () => listLimits(store),
    setLimit: (name, amount) => store.saveLimit(name, amount),
    removeLimit: (name) => store.deleteLimit(name),

    listImages: () => store.allImages(),
    setImage(image) {
      if (image.owner !== '') checkOwner(image.owner);
      store.saveImage({ ...image, name: image.id, createdAt: clock.now() });
    },
    removeImage: (owner, id) => store.deleteImage(owner, id),

    close: () => store.close(),
  };
}

function listed({ secret: _secret, temporary, ...key }: AccessKeyRow): ListedKey {
  return { ...key, ...(temporary === undefined ? {} : { expiresAt: temporary.expiresAt }) };
}

function listLimits(store: Store): ListedLimit[] {
  const amounts = store.listLimits();
  const used = store.limitsInUse();
  return [...new Set([...amounts.keys(), ...used.keys()])].toSorted().map((name) => {
    const amount = amounts.get(name);
    return { name, inUse: used.get(name) ?? 0, ...(amount === undefined ? {} : { amount }) };
  });
}

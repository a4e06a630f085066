import { join } from 'node:path';
import { manualClock } from '@rebatch/model';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../server/test-support/temporary-folder.ts';
import { ensureFirstAccount, storeKeyRing } from '../store/accounts.ts';
import { openStore, type Store } from '../store/store.ts';
import type { Administration } from './administration.ts';
import { openAdministration } from './open-administration.ts';

/** A data folder with the store of a running server, and the administration of another process. */
function farm(): { store: Store; administration: Administration } {
  const folder = temporaryFolder();
  const store = openStore(join(folder, 'jobs.db'));
  ensureFirstAccount(store, { makeKey: () => ({ id: 'first', secret: 's' }), now: 1 });
  const administration = openAdministration(folder, manualClock());
  onTestFinished(() => {
    administration.close();
    store.close();
  });
  return { store, administration };
}

test('what is made on the data folder is seen by the server that runs on it', () => {
  const { store, administration } = farm();
  const ring = storeKeyRing(store);
  const key = administration.makeKey('new', 'comp');
  expect(ring.find(key.id)).toEqual(key);
  administration.setKeyEnabled(key.id, false);
  expect(ring.find(key.id)).toBeUndefined();
  administration.setLimit('maya', 2);
  expect(store.listLimits()).toEqual(new Map([['maya', 2]]));
});

test('accounts get numbers of their own, also when they have temporary keys only beside them', () => {
  const { administration } = farm();
  const owners = [administration.makeKey('new', ''), administration.makeKey('new', '')].map(
    ({ owner }) => owner,
  );
  expect(owners).toEqual(['1000002', '1000003']);
  expect(administration.makeKey('1000002', '').owner).toBe('1000002');
  expect(() => administration.makeKey('5', '')).toThrow('there is no account 5');
});

test('a temporary key of a place keeps token and grants, and lists tell neither secret nor token', () => {
  const { store, administration } = farm();
  const grants = [{ bucket: 'shots', prefix: 'out/', access: 'write' }] as const;
  const key = administration.makeTemporaryKey({
    owner: administration.operator,
    ttlMs: 1000,
    note: 'task',
    grants,
  });
  const { id, secret, owner, temporary } = key;
  expect(storeKeyRing(store).find(id)).toEqual({ id, secret, owner, temporary, grants });
  const listed = JSON.stringify(administration.listKeys());
  expect(listed).toContain(id);
  expect(listed).not.toContain(secret);
  expect(listed).not.toContain(temporary.token);
});

test('temporary keys that are long over are forgotten, others stay', () => {
  const { store, administration } = farm();
  const key = administration.makeTemporaryKey({ owner: administration.operator, ttlMs: 1000, note: '' });
  store.purgeAccessKeys(key.temporary.expiresAt);
  expect(administration.listKeys().map(({ id }) => id)).toEqual(['first', key.id]);
  store.purgeAccessKeys(key.temporary.expiresAt + 1);
  expect(administration.listKeys().map(({ id }) => id)).toEqual(['first']);
});

test('a folder in which no server ever ran is left as it is', () => {
  expect(() => openAdministration(temporaryFolder())).toThrow('no server has ever kept its data');
});

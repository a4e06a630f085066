import { expect, test } from 'vitest';
import { ensureFirstAccount, operatorOf, storeKeyRing } from './accounts.ts';
import { temporaryStore } from './test-support/temporary-store.ts';

const makeKey = (): { id: string; secret: string } => ({ id: 'made', secret: 'up' });

test('the first start makes an account, later ones find its key again', () => {
  const store = temporaryStore();
  const key = ensureFirstAccount(store, { makeKey, now: 1 });
  expect(key).toEqual({ id: 'made', secret: 'up', owner: operatorOf(store) });
  const later = ensureFirstAccount(store, { makeKey: () => ({ id: 'another', secret: 'x' }), now: 2 });
  expect(later).toEqual(key);
  expect(storeKeyRing(store).find('made')).toEqual(key);
});

test('a key given from outside belongs to the first account, also when one was made before', () => {
  const store = temporaryStore();
  ensureFirstAccount(store, { makeKey, now: 1 });
  const given = { id: 'given', secret: 'one' };
  const key = ensureFirstAccount(store, { given, makeKey, now: 2 });
  expect(key).toEqual({ ...given, owner: operatorOf(store) });
  ensureFirstAccount(store, { given: { id: 'given', secret: 'two' }, makeKey, now: 3 });
  expect(storeKeyRing(store).find('given')?.secret).toBe('two');
  expect(store.listAccessKeys()).toHaveLength(2);
});

test('a disabled key is not found', () => {
  const store = temporaryStore();
  store.saveAccessKey({ id: 'k', secret: 's', owner: '7', enabled: false, createdAt: 1, note: '' });
  expect(storeKeyRing(store).find('k')).toBeUndefined();
  expect(storeKeyRing(store).find('unknown')).toBeUndefined();
});

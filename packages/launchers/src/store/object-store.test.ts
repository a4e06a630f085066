import { expect, test } from 'vitest';
import { openObjectGateway } from '../testing/object-gateway.ts';
import { ObjectStore, storeOf } from './object-store.ts';

const place = (key: string) => ({ bucket: 'films', key });
const noWait = { now: () => 0, pause: async () => undefined, tell: () => undefined };

test('one of two gets an object that both want to make', async () => {
  await using gateway = await openObjectGateway();
  const store = new ObjectStore(gateway.access);
  const made = await Promise.all([store.create(place('a b/é'), 'one'), store.create(place('a b/é'), 'two')]);
  expect(new Set(made)).toEqual(new Set([false, true]));
  expect(await store.read(place('a b/é'))).toBe(made[0] ? 'one' : 'two');
});

test('finds, lists and replaces objects', async () => {
  await using gateway = await openObjectGateway();
  const store = storeOf(gateway.env);
  if (store === undefined) throw new Error('the variables are not understood');
  await gateway.put('out/a+b c.png', 'picture');
  expect(await store.find(place('out/none'))).toBeUndefined();
  expect(await store.read(place('out/none'))).toBeUndefined();
  const found = await store.find(place('out/a+b c.png'));
  expect(found?.size).toBe(7);
  // Headers tell whole seconds.
  expect(found?.lastModified).toBe(Math.floor(gateway.clock.now() / 1000) * 1000);
  const listed = await Array.fromAsync(store.list(place('out/')));
  expect(listed).toEqual([{ name: 'a+b c.png', lastModified: found?.lastModified }]);
  await store.write(place('out/a+b c.png'), 'another');
  expect(await store.read(place('out/a+b c.png'))).toBe('another');
});

test('lists page after page', async () => {
  await using gateway = await openObjectGateway();
  await Promise.all(Array.from({ length: 1001 }, async (_, index) => gateway.put(`c/${index}`, '')));
  const store = new ObjectStore(gateway.access);
  const listed = await Array.fromAsync(store.list(place('c/')));
  expect(new Set(listed.map(({ name }) => name)).size).toBe(1001);
});

test('waits for a store that is away, and goes on when it is back', async () => {
  await using gateway = await openObjectGateway();
  await gateway.stop();
  const pauses: number[] = [];
  const told: string[] = [];
  const store = new ObjectStore(gateway.access, {
    now: () => 0,
    async pause(ms) {
      pauses.push(ms);
      if (pauses.length === 5) await gateway.start();
    },
    tell: (text) => void told.push(text),
  });
  expect(await store.create(place('a'), '')).toBe(true);
  expect(pauses).toEqual([100, 200, 400, 800, 1600]);
  expect(told).toEqual([expect.stringMatching(/cannot be used: .*ECONNREFUSED.*; waiting for it$/)]);
});

test('gives up on a store that stays away', async () => {
  await using gateway = await openObjectGateway();
  await gateway.stop();
  let hours = 0;
  const store = new ObjectStore(gateway.access, { ...noWait, now: () => 3_600_000 * hours++ });
  await expect(store.read(place('a'))).rejects.toThrow('cannot be used');
});

test('says what the store refuses', async () => {
  await using gateway = await openObjectGateway();
  const store = new ObjectStore({ ...gateway.access, securityToken: 'another' });
  await expect(store.find(place('a'))).rejects.toThrow(
    'the object store refuses HEAD oss://films/a: InvalidSecurityToken',
  );
});

test('has no store without a key', () => {
  expect(storeOf({ OSS_ENDPOINT: 'http://x', OSS_ACCESS_KEY_ID: 'a' })).toBeUndefined();
});

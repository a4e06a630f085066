import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type ManualClock, manualClock } from '@rebatch/model';
import { type ObjectStore, openFileStore } from '@rebatch/objects';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyLifecycle, type LifecycleOutcome } from './apply-lifecycle.ts';
import { startLifecycle } from './start-lifecycle.ts';

const DAY = 24 * 3600 * 1000;
let dir: string;
let clock: ManualClock;
let store: ObjectStore;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rebatch-lifecycle-'));
  clock = manualClock(Date.parse('2026-11-01T00:00:00Z'));
  store = await openFileStore({ dir, clock });
  await store.createBucket('bucket', '1001');
});

afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});

const put = (key: string, attributes: Record<string, string> = {}) =>
  store.put('bucket', key, Readable.from([Buffer.from('x')]), { attributes });
const setRules = (...rules: string[]) =>
  store.setBucketConfig(
    'bucket',
    'lifecycle',
    `<LifecycleConfiguration>${rules.map((rule) => `<Rule>${rule}</Rule>`).join('')}</LifecycleConfiguration>`,
  );
const keys = async () => (await store.list('bucket')).objects.map(({ key }) => key);

test('objects below the prefix expire when they are as old as the rule says, and no sooner', async () => {
  await setRules('<Prefix>logs/</Prefix><Status>Enabled</Status><Expiration><Days>2</Days></Expiration>');
  await put('logs/old');
  await put('other');
  clock.advance(DAY);
  await put('logs/young');
  clock.advance(DAY - 1);
  expect((await applyLifecycle(store, clock.now())).expired).toBe(0);
  clock.advance(1);
  expect((await applyLifecycle(store, clock.now())).expired).toBe(1);
  expect(await keys()).toEqual(['logs/young', 'other']);
});

test('a rule that is off, or names tags that an object has not, does nothing', async () => {
  const expire = '<Expiration><Days>1</Days></Expiration>';
  await setRules(
    `<Prefix>off/</Prefix><Status>Disabled</Status>${expire}`,
    `<Prefix/><Status>Enabled</Status><Tag><Key>keep</Key><Value>no</Value></Tag>${expire}`,
  );
  await put('off/a');
  await put('tagged', { tagging: 'keep=no' });
  await put('otherwise', { tagging: 'keep=yes' });
  clock.advance(2 * DAY);
  await applyLifecycle(store, clock.now());
  expect(await keys()).toEqual(['off/a', 'otherwise']);
});

test('rules may name a date, or the date before which things were made', async () => {
  await put('a/1');
  await put('b/1');
  clock.advance(2 * DAY);
  await put('a/2');
  await put('b/2');
  await setRules(
    '<Prefix>a/</Prefix><Status>Enabled</Status><Expiration><CreatedBeforeDate>2026-11-02T00:00:00.000Z</CreatedBeforeDate></Expiration>',
    '<Prefix>b/</Prefix><Status>Enabled</Status><Expiration><Date>2026-11-05T00:00:00.000Z</Date></Expiration>',
  );
  await applyLifecycle(store, clock.now());
  expect(await keys()).toEqual(['a/2', 'b/1', 'b/2']);
  clock.advance(2 * DAY);
  await applyLifecycle(store, clock.now());
  expect(await keys()).toEqual(['a/2']);
});

test('old uploads are aborted, and objects change their class', async () => {
  await setRules(
    '<Prefix/><Status>Enabled</Status><AbortMultipartUpload><Days>1</Days></AbortMultipartUpload>',
    '<Prefix/><Status>Enabled</Status><Transition><Days>1</Days><StorageClass>IA</StorageClass></Transition><Transition><Days>9</Days><StorageClass>Archive</StorageClass></Transition>',
  );
  await put('key');
  await store.startUpload('bucket', 'upload');
  clock.advance(DAY);
  await store.startUpload('bucket', 'younger');
  expect(await applyLifecycle(store, clock.now())).toEqual({ expired: 0, transitioned: 1, aborted: 1 });
  expect((await store.listUploads('bucket')).map(({ key }) => key)).toEqual(['younger']);
  expect((await store.head('bucket', 'key')).attributes['class']).toBe('IA');
  expect((await applyLifecycle(store, clock.now())).transitioned).toBe(0);
  clock.advance(9 * DAY);
  await applyLifecycle(store, clock.now());
  expect((await store.head('bucket', 'key')).attributes['class']).toBe('Archive');
});

test('every object of many pages is looked at', async () => {
  await setRules('<Prefix/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration>');
  await Promise.all(Array.from({ length: 1500 }, (_, index) => put(`k${index}`)));
  clock.advance(DAY);
  expect((await applyLifecycle(store, clock.now())).expired).toBe(1500);
  expect(await keys()).toEqual([]);
});

test('rounds are run by the clock until they are stopped, also after one that failed', async () => {
  const rounds: (LifecycleOutcome | 'failed')[] = [];
  let heard = Promise.withResolvers<void>();
  const note = (round: LifecycleOutcome | 'failed') => {
    rounds.push(round);
    heard.resolve();
    heard = Promise.withResolvers<void>();
  };
  const lifecycle = startLifecycle({
    store,
    clock,
    everyMs: DAY,
    onRound: note,
    onError: () => note('failed'),
  });
  const nextRound = async () => {
    const next = heard.promise;
    clock.advance(DAY);
    await next;
  };
  await store.setBucketConfig('bucket', 'lifecycle', 'no XML');
  await nextRound();
  await setRules('<Prefix/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration>');
  await put('key');
  await nextRound();
  await lifecycle.close();
  clock.advance(DAY);
  expect(rounds).toEqual(['failed', { expired: 1, transitioned: 0, aborted: 0 }]);
});

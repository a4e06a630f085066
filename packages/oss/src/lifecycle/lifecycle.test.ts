import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type ManualClock, manualClock } from '@rebatch/model';
import { type ObjectStore, openFileStore } from '@rebatch/objects';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OssError } from '../gateway/oss-error.ts';
import { requireSense } from '../configs/lifecycle-checks.ts';
import { readLifecycleRules } from '../configs/lifecycle-rules.ts';
import { applyLifecycle } from './apply-lifecycle.ts';
import type { LifecycleOutcome } from './lifecycle-outcome.ts';
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

const to = (days: number, name: string) =>
  `<Transition><Days>${days}</Days><StorageClass>${name}</StorageClass></Transition>`;
const withParts = (...parts: string[]) =>
  `<LifecycleConfiguration><Rule><Prefix/><Status>Enabled</Status>${parts.join('')}</Rule></LifecycleConfiguration>`;

test.each([
  ['warmer with age', to(20, 'IA'), to(12, 'Archive')],
  ['colder after its end', to(5, 'IA'), '<Expiration><Days>5</Days></Expiration>'],
  ['Standard', to(5, 'Standard'), ''],
  [
    'old by days and by date',
    to(5, 'IA'),
    '<Expiration><CreatedBeforeDate>2026-11-02T00:00:00.000Z</CreatedBeforeDate></Expiration>',
  ],
  ['of no size', to(5, 'IA'), '<Filter><ObjectSizeLessThan>few</ObjectSizeLessThan></Filter>'],
])('a rule by which things would grow %s is refused', (_, ...parts) => {
  expect(() => requireSense(readLifecycleRules(withParts(...parts)))).toThrow(OssError);
});

test('rules that a bucket has from times when they were accepted do not stop a round', async () => {
  await setRules(`<Prefix/><Status>Enabled</Status>${to(9, 'IA')}<Expiration><Days>1</Days></Expiration>`);
  await put('key');
  clock.advance(DAY);
  expect((await applyLifecycle(store, clock.now())).expired).toBe(1);
});

test('transitions may be named in any order', () => {
  const [read] = readLifecycleRules(withParts(to(20, 'Archive'), to(12, 'IA')));
  expect(read?.transitions.map(({ storageClass }) => storageClass)).toEqual(['IA', 'Archive']);
});

test('a filter spares what it excepts, and what is too small or too large', async () => {
  await setRules(
    `<Prefix>a</Prefix><Status>Enabled</Status><Expiration><Days>1</Days></Expiration><Filter>
      <ObjectSizeGreaterThan>1</ObjectSizeGreaterThan><ObjectSizeLessThan>4</ObjectSizeLessThan>
      <Not><Prefix>a/keep</Prefix></Not><Not><Prefix>a/</Prefix><Tag><Key>keep</Key><Value>1</Value></Tag></Not></Filter>`,
  );
  const write = (key: string, text: string, attributes: Record<string, string> = {}) =>
    store.put('bucket', key, Readable.from([Buffer.from(text)]), { attributes });
  await write('a/1', '1');
  await write('a/4', '4444');
  await write('a/keep', '22');
  await write('a/tagged', '22', { tagging: 'keep=1' });
  await write('a/gone', '22', { tagging: 'keep=2' });
  await write('a/gone too', '333');
  clock.advance(DAY);
  expect((await applyLifecycle(store, clock.now())).expired).toBe(2);
  expect(await keys()).toEqual(['a/1', 'a/4', 'a/keep', 'a/tagged']);
});

test('every object of many pages is looked at', async () => {
  await setRules('<Prefix/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration>');
  await Promise.all(Array.from({ length: 1500 }, (_, index) => put(`k${index}`)));
  clock.advance(DAY);
  expect((await applyLifecycle(store, clock.now())).expired).toBe(1500);
  expect(await keys()).toEqual([]);
});

const versions = async () =>
  (await store.listVersions('bucket')).versions.map(({ key, object }) =>
    object === undefined ? `${key}†` : key,
  );

test('where versions are kept, expired objects get a delete marker and old versions go in their time', async () => {
  await store.setVersioning('bucket', 'Enabled');
  await setRules(
    '<Prefix>a</Prefix><Status>Enabled</Status><Expiration><Days>1</Days></Expiration><NoncurrentVersionExpiration><NoncurrentDays>3</NoncurrentDays></NoncurrentVersionExpiration>',
  );
  await put('a');
  await put('b');
  await put('b');
  clock.advance(DAY);
  expect((await applyLifecycle(store, clock.now())).expired).toBe(1);
  expect(await versions()).toEqual(['a†', 'a', 'b', 'b']);
  clock.advance(3 * DAY - 1);
  expect((await applyLifecycle(store, clock.now())).expired).toBe(0);
  clock.advance(1);
  expect((await applyLifecycle(store, clock.now())).expired).toBe(1);
  expect(await versions()).toEqual(['a†', 'b', 'b']);
});

test('the age of a version counts from when it was replaced, not from when it was written', async () => {
  await store.setVersioning('bucket', 'Enabled');
  await setRules(
    '<Prefix/><Status>Enabled</Status><NoncurrentVersionExpiration><NoncurrentDays>2</NoncurrentDays></NoncurrentVersionExpiration>',
  );
  await put('key');
  clock.advance(9 * DAY);
  await put('key');
  clock.advance(DAY);
  await applyLifecycle(store, clock.now());
  expect(await versions()).toEqual(['key', 'key']);
  clock.advance(DAY);
  await applyLifecycle(store, clock.now());
  expect(await versions()).toEqual(['key']);
});

test('delete markers go when nothing is left behind them, in the round in which the last version went', async () => {
  await store.setVersioning('bucket', 'Enabled');
  await setRules(
    '<Prefix/><Status>Enabled</Status><Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration>',
  );
  for (const key of ['a', 'b', 'c']) await put(key);
  await store.delete('bucket', 'a');
  await store.delete('bucket', 'nothing');
  expect((await applyLifecycle(store, clock.now())).expired).toBe(1);
  expect(await versions()).toEqual(['a†', 'a', 'b', 'c']);
  clock.advance(DAY);
  await store.delete('bucket', 'c');
  expect((await applyLifecycle(store, clock.now())).expired).toBe(2);
  expect(await versions()).toEqual(['b', 'c†', 'c']);
});

test('rules with tags spare versions without them, and old versions change their class', async () => {
  await store.setVersioning('bucket', 'Enabled');
  await setRules(
    '<Prefix/><Status>Enabled</Status><Tag><Key>go</Key><Value>1</Value></Tag><NoncurrentVersionTransition><NoncurrentDays>1</NoncurrentDays><StorageClass>IA</StorageClass></NoncurrentVersionTransition><NoncurrentVersionExpiration><NoncurrentDays>2</NoncurrentDays></NoncurrentVersionExpiration>',
  );
  const { versionId } = await put('a', { tagging: 'go=1' });
  await put('a');
  await put('b');
  await store.delete('bucket', 'b');
  clock.advance(DAY);
  expect((await applyLifecycle(store, clock.now())).transitioned).toBe(1);
  expect((await store.head('bucket', 'a', versionId)).attributes['class']).toBe('IA');
  clock.advance(DAY);
  expect((await applyLifecycle(store, clock.now())).expired).toBe(1);
  expect(await versions()).toEqual(['a', 'b†', 'b']);
});

/** The store, with `between` happening after each page was read: what others do while a sweep looks at a page. */
function interrupted(between: () => Promise<unknown>): ObjectStore {
  return new Proxy(store, {
    get(target, name: keyof ObjectStore) {
      const method = target[name].bind(target);
      if (name !== 'list' && name !== 'listVersions') return method;
      return async (...args: never[]) => {
        const page: unknown = await Reflect.apply(method, target, args);
        await between();
        return page;
      };
    },
  });
}

test('what is written anew after the sweep has listed it is neither deleted nor moved to another class', async () => {
  await setRules(
    '<Prefix>old</Prefix><Status>Enabled</Status><Expiration><Days>1</Days></Expiration>',
    '<Prefix>warm</Prefix><Status>Enabled</Status><Transition><Days>1</Days><StorageClass>Archive</StorageClass></Transition>',
  );
  await put('old');
  await put('warm');
  clock.advance(DAY);
  const sweep = applyLifecycle(
    interrupted(() => Promise.all([put('old'), put('warm')])),
    clock.now(),
  );
  expect(await sweep).toEqual({ expired: 0, transitioned: 0, aborted: 0 });
  expect(await keys()).toEqual(['old', 'warm']);
  expect((await store.head('bucket', 'warm')).attributes).not.toHaveProperty('class');
});

test('a version that its key stands for again after the sweep has listed it stays', async () => {
  await store.setVersioning('bucket', 'Enabled');
  await setRules(
    '<Prefix/><Status>Enabled</Status><Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration>',
  );
  await put('back');
  const { versionId } = await put('back');
  const marker = await store.delete('bucket', 'rewritten');
  clock.advance(DAY);
  const sweep = applyLifecycle(
    interrupted(async () => {
      await store.delete('bucket', 'back', { versionId });
      await put('rewritten');
    }),
    clock.now(),
  );
  expect((await sweep).expired).toBe(0);
  expect([marker.isMarker, await keys()]).toEqual([true, ['back', 'rewritten']]);
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

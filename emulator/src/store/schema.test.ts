import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';
import { temporaryPath, temporaryStore } from './test-support/temporary-store.ts';

const VERSIONS = MIGRATIONS.map((_, index) => index + 1);
const OWNER = '1000001';

const fixture = (name: string): string => new URL(`fixtures/${name}`, import.meta.url).pathname;

/** The schema as SQLite holds it, in an order that does not depend on how it came to be. */
function dump(connection: DatabaseSync): string {
  const rows = connection
    .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all();
  return `${rows.map(({ sql }) => `${String(sql)};`).join('\n\n')}\n`;
}

test.each(VERSIONS)(
  'schema %i is what was released: changing it needs a new migration (and then: vitest -u)',
  async (version) => {
    const connection = new DatabaseSync(':memory:');
    migrate(connection, MIGRATIONS.slice(0, version));
    await expect(dump(connection)).toMatchFileSnapshot(fixture(`schema-${version}.sql`));
    connection.close();
  },
);

test.each(VERSIONS)('a store of schema %i is brought up to date with all that is in it', (version) => {
  const path = temporaryPath();
  const connection = new DatabaseSync(path);
  // As an older release left it: what each schema brought, with rows in it.
  for (let step = 1; step <= version; step++) {
    migrate(connection, MIGRATIONS.slice(0, step));
    const data = fixture(`data-${step}.sql`);
    if (existsSync(data)) connection.exec(readFileSync(data, 'utf8'));
  }
  connection.close();

  const store = temporaryStore(path);
  const jobs = store.listJobs({ owner: OWNER, orderBy: 'CreationTime', reverse: false, limit: 10 });
  expect(jobs.map(({ name, state, endedAt }) => [name, state, endedAt])).toEqual([
    ['over', 'Finished', 1_700_000_002_000],
    ['runs', 'Running', null],
  ]);
  const [over, runs] = jobs;
  expect(store.readDag(over!.seq)?.Tasks['t']?.InstanceCount).toBe(2);
  expect(store.loadActiveJobs().map(({ id }) => id)).toEqual([runs!.id]);
  const [task] = store.loadTasks(runs!.seq);
  expect(task).toMatchObject({ name: 't', state: 'Running', counts: { waiting: 2, running: 1 }, cursor: 1 });
  expect(store.loadUnfinishedInstances(task!.rowId)).toMatchObject([{ number: 0, phase: 'Running' }]);
  expect(store.findAccessKey('AKOLD')).toMatchObject({ owner: OWNER, enabled: true, secret: 'secret' });
  expect(store.findToken({ owner: OWNER, operation: 'job', token: 'once' })?.result).toBe(over!.id);
  expect(store.findApp(OWNER, 'blender')).toBeDefined();
  expect(store.listExpiredJobs({ before: Date.now(), keep: 100, limit: 10 }).map(({ id }) => id)).toEqual([
    over!.id,
  ]);
  // Schema 2 brought events; before, there is nothing to be told.
  const one = version >= 2 ? 1 : 0;
  expect(store.listWebhooks(OWNER)).toHaveLength(one);
  expect(store.countLetters()).toEqual({ waiting: one, dead: one });
  expect(store.eventBounds()).toEqual({ oldest: one, newest: one });
});

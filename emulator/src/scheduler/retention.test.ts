import { expect, onTestFinished, test } from 'vitest';
import { dagJob } from './test-support/dag-job.ts';
import { type Farm, openFarm } from './test-support/open-farm.ts';

const ME = { owner: '1000001' };
const DAY = 24 * 3_600_000;

async function farm(jobs: number, days: number, events = 1000): Promise<Farm> {
  const opened = await openFarm({ slots: 100, retention: { jobs, days, events } });
  onTestFinished(async () => opened.close());
  return opened;
}

/** Lets so much time pass, and all be done that falls due in it. */
async function pass({ clock, scheduler }: Farm, ms: number): Promise<void> {
  const end = clock.now() + ms;
  while (clock.now() < end) {
    clock.advance(Math.min(60_000, end - clock.now()));
    await scheduler.settled();
  }
}

async function names({ control }: Farm): Promise<string[]> {
  const { Items } = await control.listJobs(ME, {}, { marker: '', limit: 100 });
  return Items.map(({ Name }) => Name);
}

async function submit({ control }: Farm, name: string, instances = 1): Promise<void> {
  await control.submitJob(ME, dagJob({ t: { instances } }, { Name: name }));
}

test('only the newest jobs that are over are kept, and none that has work left is touched', async () => {
  const night = await farm(25, 365);
  for (let n = 0; n < 70; n++) {
    await submit(night, `job${n}`);
    await pass(night, 1000);
  }
  await submit(night, 'long', 100_000);
  await pass(night, 61_000);
  const expected = Array.from({ length: 25 }, (_, n) => `job${n + 45}`);
  expect(await names(night)).toEqual([...expected, 'long']);
  expect(night.happenings.filter((what) => what.type === 'job' && what.to === '')).toHaveLength(45);
  expect(night.failures).toEqual([]);
});

test('jobs go some days after they ended, with their instances', async () => {
  const week = await farm(1000, 2);
  await submit(week, 'old', 50);
  await pass(week, 1.5 * DAY);
  await submit(week, 'new');
  await pass(week, 60_000);
  expect(await names(week)).toEqual(['old', 'new']);
  await pass(week, 0.6 * DAY);
  expect(await names(week)).toEqual(['new']);
  await pass(week, 1.5 * DAY);
  expect(await names(week)).toEqual([]);
  expect(week.store.sweepInstances(1)).toBe(false);
});

test('the log keeps so many events, the newest, whose ids go on', async () => {
  const day = await farm(1000, 30, 10);
  for (let n = 0; n < 5; n++) await submit(day, `job${n}`, 5);
  await pass(day, 600_000);
  const { oldest, newest } = day.store.eventBounds();
  expect(newest - oldest).toBe(9);
  expect(day.store.listEvents({ owner: ME.owner, after: 0, limit: 100 })).toHaveLength(10);
  await pass(day, 8 * DAY);
  expect(day.store.listEvents({ owner: ME.owner, after: 0, limit: 100 })).toEqual([]);
  await submit(day, 'next');
  await day.scheduler.settled();
  expect(day.store.listEvents({ owner: ME.owner, after: 0, limit: 1 })[0]?.id).toBe(newest + 1);
});

import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { dagJob } from '../scheduler/test-support/dag-job.ts';
import { type Farm, openFarm } from '../scheduler/test-support/open-farm.ts';
import type { PageRequest } from './control.ts';

const ME = { owner: '1000001' };

async function farm(slots = 0): Promise<Farm> {
  const opened = await openFarm({ slots });
  onTestFinished(() => opened.close());
  return opened;
}

/** Follows markers to the end. */
async function all<T>(
  limit: number,
  list: (page: PageRequest) => Promise<{ Items: T[]; NextMarker: string }>,
): Promise<T[]> {
  const found: T[] = [];
  let marker = '';
  do {
    const page = await list({ marker, limit });
    found.push(...page.Items);
    marker = page.NextMarker;
  } while (marker !== '');
  return found;
}

test('pages of any size give every job once, in the order asked for', async () => {
  const { control, clock } = await farm();
  const ids: string[] = [];
  for (let n = 0; n < 7; n++) {
    ids.push((await control.submitJob(ME, dagJob({ a: {} }))).Id);
    clock.advance(n);
  }
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('CreationTime' as const, 'Id' as const, undefined),
      fc.boolean(),
      async (limit, orderBy, reverse) => {
        const filter = orderBy === undefined ? { reverse } : { orderBy, reverse };
        const jobs = await all(limit, (page) => control.listJobs(ME, filter, page));
        expect(jobs.map(({ Id }) => Id)).toEqual(reverse ? ids.toReversed() : ids);
      },
    ),
    { numRuns: 40 },
  );
});

test('a marker still holds when the job that it came from is deleted', async () => {
  const { control } = await farm();
  const ids: string[] = [];
  for (let n = 0; n < 4; n++) ids.push((await control.submitJob(ME, dagJob({ a: {} }))).Id);
  for (const orderBy of ['CreationTime', 'Id'] as const) {
    const { Items: items, NextMarker: marker } = await control.listJobs(
      ME,
      { orderBy },
      { marker: '', limit: 2 },
    );
    const last = items.at(-1)!.Id;
    await control.stopJob(ME, last);
    await control.deleteJob(ME, last);
    const rest = await control.listJobs(ME, { orderBy }, { marker, limit: 2 });
    expect(rest.Items.map(({ Id }) => Id)).toEqual(ids.filter((id) => id > last));
  }
});

test('jobs can be filtered by state, and a page of nothing has no items and says no more than it was asked', async () => {
  const { control } = await farm();
  const { Id: first } = await control.submitJob(ME, dagJob({ a: {} }));
  await control.submitJob(ME, dagJob({ a: {} }));
  await control.stopJob(ME, first);
  const stopped = await control.listJobs(ME, { state: 'Stopped' }, { marker: '', limit: 50 });
  expect(stopped.Items.map(({ Id }) => Id)).toEqual([first]);
  expect(await control.listJobs(ME, {}, { marker: '', limit: 0 })).toEqual({ Items: [], NextMarker: '' });
  const elsewhere = await control.listJobs(ME, { clusterId: 'cls-1' }, { marker: '', limit: 50 });
  expect(elsewhere.Items).toEqual([]);
});

test('a marker of another list is refused', async () => {
  const { control } = await farm();
  const { Id: id } = await control.submitJob(ME, dagJob({ a: {} }));
  const bad = { marker: 'elsewhere', limit: 5 };
  await expect(control.listJobs(ME, {}, bad)).rejects.toMatchObject({ status: 400, code: 'InvalidMarker' });
  await expect(control.listJobs(ME, { orderBy: 'Id' }, bad)).rejects.toMatchObject({ code: 'InvalidMarker' });
  await expect(control.listTasks(ME, id, {}, bad)).rejects.toMatchObject({ code: 'InvalidMarker' });
});

test('tasks come in the order of the description, a page at a time', async () => {
  const { control } = await farm();
  const { Id: id } = await control.submitJob(ME, dagJob({ z: {}, a: {}, m: {} }));
  const first = await control.listTasks(ME, id, {}, { marker: '', limit: 2 });
  expect(first.Items.map(({ TaskName }) => TaskName)).toEqual(['z', 'a']);
  const tasks = await all(1, (page) => control.listTasks(ME, id, { state: 'Waiting' }, page));
  expect(tasks.map(({ TaskName }) => TaskName)).toEqual(['z', 'a', 'm']);
  const elsewhere = await control.listTasks(ME, id, { clusterId: 'cls-1' }, { marker: '', limit: 9 });
  expect(elsewhere.Items).toEqual([]);
  expect(await control.getTask(ME, id, 'a')).toEqual(tasks[1]);
  await expect(control.getTask(ME, id, 'b')).rejects.toMatchObject({ status: 404 });
});

test('MaxItemCount of instances is honoured to the number, and markers are their numbers', async () => {
  const { control, run } = await farm(2);
  const { Id: id } = await control.submitJob(ME, dagJob({ a: { instances: 7 } }));
  await run(async () => (await control.getJob(ME, id)).InstanceMetrics.FinishedCount === 2);
  for (const limit of [1, 2, 3, 4]) {
    const page = await control.listInstances(ME, id, 'a', {}, { marker: '', limit });
    expect(page.Items).toHaveLength(limit);
    expect(page.NextMarker).toBe(String(limit));
    const numbers = (await all(limit, (next) => control.listInstances(ME, id, 'a', {}, next))).map(
      ({ InstanceId }) => InstanceId,
    );
    expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6]);
  }
  const finished = await all(1, (page) => control.listInstances(ME, id, 'a', { state: 'Finished' }, page));
  expect(finished.map(({ InstanceId }) => InstanceId)).toEqual([0, 1]);
  const past = await control.listInstances(ME, id, 'a', {}, { marker: '99', limit: 5 });
  expect(past).toEqual({ Items: [], NextMarker: '' });
  await expect(control.getInstance(ME, id, 'a', 7)).rejects.toMatchObject({ status: 404 });
});

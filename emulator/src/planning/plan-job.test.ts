import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dagJob } from '../scheduler/test-support/dag-job.ts';
import { planJob } from './plan-job.ts';

const dagOf = (...args: Parameters<typeof dagJob>) => {
  const job = dagJob(...args);
  if (job.Type !== 'DAG') throw new Error('no DAG');
  return job.DAG;
};

test('a plan tells when each task runs, how long all takes, and how busy the slots are', async () => {
  const dag = dagOf({ split: { before: ['render'] }, render: { instances: 10, before: ['join'] }, join: {} });
  const durations = new Map([
    ['split', 5000],
    ['render', 60_000],
    ['join', 2000],
  ]);
  expect(await planJob({ name: 'film', dag, slots: 4, durations })).toEqual({
    state: 'Finished',
    message: '',
    totalMs: 5000 + 3 * 60_000 + 2000,
    busyMs: 5000 + 10 * 60_000 + 2000,
    tasks: [
      { task: 'split', instances: 1, startMs: 0, endMs: 5000 },
      { task: 'render', instances: 10, startMs: 5000, endMs: 185_000 },
      { task: 'join', instances: 1, startMs: 185_000, endMs: 187_000 },
    ],
  });
});

test('a task that would run longer than its Timeout is planned to fail', async () => {
  const dag = dagOf({ long: { timeout: 60 } });
  const plan = await planJob({ name: 'x', dag, slots: 1, durations: new Map([['long', 61_000]]) });
  expect(plan).toMatchObject({ state: 'Failed', totalMs: 60_000, busyMs: 60_000 });
  expect(plan.message).toContain('long');
});

test('no plan beats the work divided by the slots, and none of equal pieces is worse than whole rounds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 100 }),
      async (instances, slots, each) => {
        const dag = dagOf({ t: { instances } });
        const plan = await planJob({ name: 'x', dag, slots, durations: new Map([['t', each]]) });
        expect(plan.totalMs).toBe(Math.ceil(instances / slots) * each);
        expect(plan.busyMs).toBe(instances * each);
      },
    ),
    { numRuns: 15 },
  );
});

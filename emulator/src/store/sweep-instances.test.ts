import { expect, test } from 'vitest';
import { dagJob } from '../scheduler/test-support/dag-job.ts';
import { freshInstance } from './fresh-instance.ts';
import { temporaryStore } from './test-support/temporary-store.ts';

test('instances of a deleted job are cleared away some at a time, those of others stay', () => {
  const store = temporaryStore();
  const description = dagJob({ a: { instances: 5 } });
  const dag = description.Type === 'DAG' ? description.DAG : { Tasks: {}, Dependencies: {} };
  const [gone, kept] = ['1', '2'].map((id) => {
    const { job, tasks } = store.insertJob({ id, owner: '1', createdAt: 0, description, dag });
    const task = { ...tasks[0]!, cursor: 5 };
    for (let n = 0; n < 5; n++) store.writeInstance(task.rowId, freshInstance(n, 'Waiting'));
    store.updateTask(task);
    return { job, task };
  });
  store.deleteJob(gone!.job.seq);
  expect(store.findJob('1')).toBeUndefined();
  expect(store.sweepInstances(3)).toBe(true);
  expect(store.sweepInstances(3)).toBe(false);
  expect(store.sweepInstances(3)).toBe(false);
  expect(store.loadUnfinishedInstances(gone!.task.rowId)).toEqual([]);
  expect(store.loadUnfinishedInstances(kept!.task.rowId)).toHaveLength(5);
});

test('a task of 100,000 instances that never ran has no row', () => {
  const store = temporaryStore();
  const description = dagJob({ a: { instances: 100_000 } });
  const dag = description.Type === 'DAG' ? description.DAG : { Tasks: {}, Dependencies: {} };
  const { tasks } = store.insertJob({ id: '1', owner: '1', createdAt: 0, description, dag });
  expect(store.loadUnfinishedInstances(tasks[0]!.rowId)).toEqual([]);
  expect(store.listInstances(tasks[0]!, { from: 99_999, limit: 5 })).toMatchObject([
    { number: 99_999, phase: 'Waiting' },
  ]);
});

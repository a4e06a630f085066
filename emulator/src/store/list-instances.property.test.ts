import { INSTANCE_ORDERS, instanceAt, STATES } from '@rebatch/model';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { freshInstance } from './fresh-instance.ts';
import type { Phase, TaskRow } from './rows.ts';
import { openStore } from './store.ts';

const TASK: TaskRow = {
  rowId: 1,
  jobSeq: 1,
  name: 'a',
  state: 'Running',
  instanceCount: 0,
  maxRetryCount: 0,
  clusterId: '',
  predecessors: [],
  counts: { waiting: 0, running: 0, finished: 0, failed: 0, stopped: 0 },
  order: 'number',
  limits: [],
  cursor: 0,
  startedAt: null,
  endedAt: null,
};

const phase = fc.constantFrom<Phase>('Waiting', 'Dispatched', 'Running', 'Finished', 'Failed', 'Stopped');

test('a listing of any page and state is a piece of what instance after instance would tell', () => {
  fc.assert(
    fc.property(
      fc.array(phase, { maxLength: 12 }),
      fc.nat({ max: 8 }),
      fc.constantFrom(...STATES),
      fc.option(fc.constantFrom(...STATES), { nil: undefined }),
      fc.nat({ max: 22 }),
      fc.nat({ max: 8 }),
      fc.constantFrom(...INSTANCE_ORDERS),
      (rows, fresh, taskState, state, from, limit, order) => {
        const store = openStore(':memory:');
        const task = {
          ...TASK,
          state: taskState,
          order,
          cursor: rows.length,
          instanceCount: rows.length + fresh,
        };
        for (const [position, is] of rows.entries()) {
          const number = instanceAt(order, position, task.instanceCount);
          store.writeInstance(task.rowId, {
            ...freshInstance(number, 'Waiting'),
            phase: is,
            attempt: position,
          });
        }
        const all = Array.from({ length: task.instanceCount }, (_, number) =>
          store.findInstance(task, number),
        );
        const wanted = all.filter((instance) => {
          const shown = instance?.phase === 'Dispatched' ? 'Waiting' : instance?.phase;
          return (instance?.number ?? 0) >= from && (state === undefined || shown === state);
        });
        const query = state === undefined ? { from, limit } : { from, limit, state };
        expect(store.listInstances(task, query)).toEqual(wanted.slice(0, limit));
        expect(store.findInstance(task, task.instanceCount)).toBeUndefined();
        store.close();
      },
    ),
    { numRuns: 150 },
  );
});

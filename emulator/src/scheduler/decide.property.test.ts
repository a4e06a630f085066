import { INSTANCE_ORDERS } from '@rebatch/model';
import type { AttemptOutcome } from '@rebatch/worker';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { newJobState, type StateShape } from './test-support/job-state.ts';
import { type Draw, RandomJob } from './test-support/random-job.ts';

const OUTCOMES: AttemptOutcome[] = [
  { kind: 'exited', exitCode: 0 },
  { kind: 'exited', exitCode: 0 },
  { kind: 'exited', exitCode: 7 },
  { kind: 'killed', reason: 'timeout', exitCode: 137 },
  { kind: 'failed', code: 'PackageMissing', message: 'there is no package' },
  { kind: 'lost', message: 'node gone' },
  { kind: 'stopped' },
];

const shape: fc.Arbitrary<StateShape> = fc
  .record({
    failOnInstanceFail: fc.boolean(),
    tasks: fc.array(
      fc.record({
        instances: fc.integer({ min: 1, max: 6 }),
        retries: fc.integer({ min: 0, max: 2 }),
        order: fc.constantFrom(...INSTANCE_ORDERS),
        after: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ failOnInstanceFail, tasks }) => ({
    failOnInstanceFail,
    tasks: tasks.map(({ instances, retries, after, order }, index) => ({
      name: `t${index}`,
      instances,
      retries,
      order,
      // Only earlier tasks, so that there is no cycle.
      after: [...new Set(after.filter((n) => n < index))].map((n) => `t${n}`),
    })),
  }));

const draw: fc.Arbitrary<Draw> = fc.record({
  what: fc.constantFrom('dispatch', 'dispatch', 'start', 'end', 'end', 'stop', 'resume', 'stale'),
  pick: fc.nat(),
  outcome: fc.constantFrom(...OUTCOMES),
});

test('whatever happens to a job, the laws of its states hold after every event', () => {
  fc.assert(
    fc.property(shape, fc.array(draw, { maxLength: 80 }), (given, draws) => {
      const random = new RandomJob(newJobState(given));
      for (const one of draws) random.take(one);
      expect(random.broken).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

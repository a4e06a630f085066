import { INSTANCE_ORDERS } from '@rebatch/model';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AttemptOutcome } from '@rebatch/worker';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Night, type NightJob, type NightStep } from './test-support/night.ts';

const OUTCOMES: AttemptOutcome[] = [
  { kind: 'exited', exitCode: 0 },
  { kind: 'exited', exitCode: 0 },
  { kind: 'exited', exitCode: 1 },
  { kind: 'lost', message: 'node gone' },
];

const task = fc.record({
  instances: fc.integer({ min: 1, max: 4 }),
  retries: fc.nat({ max: 2 }),
  order: fc.constantFrom(...INSTANCE_ORDERS),
  limits: fc.constantFrom('', 'maya', 'maya,free'),
});

const job: fc.Arbitrary<NightJob> = fc.record({
  owner: fc.constantFrom('1000001', '2'),
  failOnInstanceFail: fc.boolean(),
  autoRelease: fc.boolean(),
  first: task,
  second: fc.option(task),
});

const step: fc.Arbitrary<NightStep> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('submit'), job }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constantFrom('begin', 'end', 'end'),
      pick: fc.nat(),
      outcome: fc.constantFrom(...OUTCOMES),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('stop', 'start', 'delete'), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('kill', 'deafen', 'vanish', 'time') }) },
);

test('whatever a night brings, nothing is lost, nothing runs twice and everything comes to its end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'rebatch-night-'));
      const night = new Night(join(folder, 'store.db'));
      try {
        for (const one of steps) await night.take(one);
        await night.drain();
      } finally {
        night.kill();
        rmSync(folder, { recursive: true, force: true });
      }
      expect(night.broken).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

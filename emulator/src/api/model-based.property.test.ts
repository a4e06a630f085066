import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ModelledServer, type Step } from './test-support/modelled-server.ts';

const shape = fc.record({ instances: fc.integer({ min: 1, max: 3 }), retries: fc.nat({ max: 1 }) });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('submit'),
      failOnInstanceFail: fc.boolean(),
      first: shape,
      second: fc.option(shape),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('begin'), pick: fc.nat() }) },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('end'),
      pick: fc.nat(),
      how: fc.constantFrom('good', 'good', 'good', 'bad', 'lost'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('stop', 'start', 'delete'), pick: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('priority'),
      pick: fc.nat(),
      priority: fc.integer({ min: 0, max: 1000 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('reap', 'restart') }) },
);

test('whatever is asked and whatever happens, the API shows what a small model of the state machine says', async () => {
  const answered = await fc.check(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 50 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'rebatch-model-'));
      const server = new ModelledServer(join(folder, 'store.db'));
      await server.open();
      try {
        for (const [index, one] of steps.entries()) {
          const difference = await server.take(one);
          if (difference !== undefined) throw new Error(`after step ${index}: ${difference}`);
        }
      } finally {
        await server.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: Number(process.env['REBATCH_MODEL_RUNS'] ?? 20) },
  );
  expect(answered.failed, fc.defaultReportMessage(answered)).toBe(false);
});

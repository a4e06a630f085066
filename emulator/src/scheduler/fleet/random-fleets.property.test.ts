import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FleetNight, type FleetStep, INSTANCES } from './test-support/fleet-night.ts';

const step: fc.Arbitrary<FleetStep> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resize'), count: fc.nat({ max: 4 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('boot', 'finish'), pick: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('fail', 'die', 'delete', 'recreate'), pick: fc.nat() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('kill', 'deafen', 'time') }) },
);

test('whatever happens to machines and server, the cluster ends at its number and every instance is run', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'rebatch-fleet-'));
      const night = new FleetNight(join(folder, 'store.db'));
      try {
        await night.begin();
        for (const one of steps) await night.take(one);
        expect(await night.end()).toEqual({
          job: 'Finished',
          finished: INSTANCES,
          running: 2,
          machines: 2,
          broken: [],
        });
      } finally {
        night.kill();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 40 },
  );
});

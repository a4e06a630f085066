import { eachInParallel } from '@rebatch/client';
import { startSuiteStore } from './suite-store.ts';
import type { Outcome, VendorSuite } from './suite.ts';

/** Runs a suite's groups, some at once, since they mostly wait for a service whose settings take seconds to spread. */
export async function runSuite(
  suite: VendorSuite,
  parallel: number,
  onGroup: (name: string, outcomes: readonly Outcome[]) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  await eachInParallel(await suite.prepare(), parallel, async (group) => {
    const store = await startSuiteStore();
    try {
      const found = await group.run(store);
      outcomes.push(...found);
      onGroup(group.name, found);
    } finally {
      await store.stop();
    }
  });
  return outcomes;
}

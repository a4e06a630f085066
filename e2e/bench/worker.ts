import type { BenchRow } from './report.ts';
import { benchInstances } from './worker/instances.ts';
import { benchMounts } from './worker/mounts.ts';

/** What an attempt gets and costs, one subject a file; `npm run bench -- worker/SUBJECT` measures one alone. */
export const WORKER_SUBJECTS: Record<string, () => Promise<BenchRow[]>> = {
  instances: benchInstances,
  mounts: benchMounts,
};

export async function benchWorker(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [subject, bench] of Object.entries(WORKER_SUBJECTS)) {
    console.error(`worker/${subject}`);
    rows.push(...(await bench()));
  }
  return rows;
}

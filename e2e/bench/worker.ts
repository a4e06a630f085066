import type { BenchRow } from './report.ts';
import { benchInstances } from './worker/instances.ts';
import { benchLogs } from './worker/logs.ts';
import { benchMounts } from './worker/mounts.ts';
import { benchUploads } from './worker/uploads.ts';

/** What an attempt gets and costs, one subject a file; `npm run bench -- worker/SUBJECT` measures one alone. */
export const WORKER_SUBJECTS: Record<string, () => Promise<BenchRow[]>> = {
  instances: benchInstances,
  mounts: benchMounts,
  logs: benchLogs,
  uploads: benchUploads,
};

export async function benchWorker(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [subject, bench] of Object.entries(WORKER_SUBJECTS)) {
    console.error(`worker/${subject}`);
    rows.push(...(await bench()));
  }
  return rows;
}

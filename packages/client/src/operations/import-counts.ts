import { integer, object } from '../batchcompute/wire-value.ts';

/** What an import added, and what was there already and stayed as it was. */
export interface ImportCounts {
  jobs: number;
  apps: number;
  keptJobs: number;
  keptApps: number;
}

export function readImportCounts(value: unknown): ImportCounts {
  const counts = object(value);
  return {
    jobs: integer(counts.Jobs),
    apps: integer(counts.Apps),
    keptJobs: integer(counts.KeptJobs),
    keptApps: integer(counts.KeptApps),
  };
}

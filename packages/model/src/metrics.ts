import type { Metrics } from './views.ts';

/** Counters with nothing counted; clients want all five always (spec/clients.md §3.5). */
export function emptyMetrics(): Metrics {
  return { WaitingCount: 0, RunningCount: 0, FinishedCount: 0, FailedCount: 0, StoppedCount: 0 };
}

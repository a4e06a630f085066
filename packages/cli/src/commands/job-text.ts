import { type InstanceView, type Metrics, parseTime } from '@rebatch/model';
import { formatDuration } from '../terminal/format-duration.ts';

/** How long it ran, or has been running; "-" before it started. */
export function took(startTime: string, endTime: string): string {
  const start = parseTime(startTime);
  return start === undefined ? '-' : formatDuration((parseTime(endTime) ?? Date.now()) - start);
}

/** What an instance says about its failure: the first of its texts that is not empty. */
export function instanceTrouble({ Result: result, Error: error }: InstanceView): string {
  return (
    [result.ErrorMessage, result.Detail, error.Message, result.ErrorCode, error.Code].find(Boolean) ?? ''
  );
}

/** `3 finished, 1 running`. */
export function formatCounts(counts: Metrics): string {
  const parts: [number, string][] = [
    [counts.FinishedCount, 'finished'],
    [counts.RunningCount, 'running'],
    [counts.WaitingCount, 'waiting'],
    [counts.FailedCount, 'failed'],
    [counts.StoppedCount, 'stopped'],
  ];
  const shown = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return shown.length === 0 ? 'no instances' : shown.join(', ');
}

import type { PlanFacts } from '@rebatch/client';
import { UsageError } from '../cli-error.ts';
import { parseDuration } from '../options/parse-duration.ts';

/** How long an instance of a task is said to take, and why. */
export interface ChosenDuration {
  ms: number;
  source: string;
}

/**
 * A duration for each task: `TASK=TIME` when given, else what past runs tell, else the `TIME` given for all.
 *
 * @throws UsageError for a task without any, and for one that the job has not
 */
export function chooseDurations(
  { tasks }: PlanFacts,
  given: readonly string[],
): ReadonlyMap<string, ChosenDuration> {
  const own = new Map<string, number>();
  let general: number | undefined;
  for (const text of given) {
    const [, task, time = text] = /^([^=]+)=(.*)$/.exec(text) ?? [];
    if (task === undefined) general = parseDuration('--duration', time);
    else own.set(task, parseDuration('--duration', time));
  }
  const unknown = [...own.keys()].find((name) => !tasks.some(({ task }) => task === name));
  if (unknown !== undefined) throw new UsageError(`--duration: the job has no task "${unknown}"`);
  return new Map(
    tasks.map(({ task, learntFrom, count, meanSeconds }): [string, ChosenDuration] => {
      const ms = own.get(task);
      if (ms !== undefined) return [task, { ms, source: 'given' }];
      if (count > 0) {
        return [
          task,
          { ms: Math.round(meanSeconds * 1000), source: `mean of ${count} runs of ${learntFrom}` },
        ];
      }
      if (general !== undefined) return [task, { ms: general, source: 'given' }];
      throw new UsageError(`nothing like task "${task}" has run yet: give --duration TIME or ${task}=TIME`);
    }),
  );
}

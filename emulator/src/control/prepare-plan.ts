import type { Dag, JobDescription } from '@rebatch/model';
import type { Store } from '../store/store.ts';
import type { TaskDuration } from '../store/task-durations.ts';
import type { Caller } from './control.ts';
import type { ImageNames } from './image-names.ts';
import { resolveJob } from './resolve-job.ts';

/** What is known about one task before it runs. */
interface PlannedTask {
  Task: string;
  Image: string;
  /** What the duration was learnt from; "" when nothing like it has run. */
  LearntFrom: string;
  /** Instances that it was learnt from. */
  Count: number;
  MeanSeconds: number;
  MinSeconds: number;
  MaxSeconds: number;
}

export interface PlanFacts {
  Slots: number;
  Busy: number;
  Dag: Dag;
  Tasks: PlannedTask[];
}

/**
 * What a job would run, where, and how long its like took: all that a plan needs to be worked out elsewhere. Nothing is
 * stored.
 *
 * @throws WireError as CreateJob
 */
export function preparePlan(
  options: { store: Store; images: ImageNames; usage: () => { busy: number; slots: number } },
  caller: Caller,
  description: JobDescription,
): PlanFacts {
  const { dag, images } = resolveJob(options, caller, description);
  const past = options.store.taskDurations(caller.owner);
  const { busy, slots } = options.usage();
  return {
    Slots: slots,
    Busy: busy,
    Dag: dag,
    Tasks: Object.keys(dag.Tasks).map((task) => ({
      Task: task,
      Image: images.get(task) ?? '',
      ...learn(past, description, task),
    })),
  };
}

/** Runs of the same App, else of the same task in jobs of the same name, else of tasks of this name. */
function learn(
  past: readonly TaskDuration[],
  description: JobDescription,
  task: string,
): Omit<PlannedTask, 'Task' | 'Image'> {
  const tries: [string, (known: TaskDuration) => boolean][] =
    description.Type === 'App'
      ? [[`App ${description.App.AppName}`, ({ app }) => app === description.App.AppName]]
      : [
          [
            `task ${task} of jobs named ${description.Name}`,
            (known) => known.app === '' && known.job === description.Name && known.task === task,
          ],
          [`tasks named ${task}`, (known) => known.app === '' && known.task === task],
        ];
  for (const [source, matches] of tries) {
    const known = past.filter(matches);
    const count = known.reduce((sum, one) => sum + one.count, 0);
    if (count === 0) continue;
    const total = known.reduce((sum, one) => sum + one.meanMs * one.count, 0);
    return {
      LearntFrom: source,
      Count: count,
      MeanSeconds: total / count / 1000,
      MinSeconds: Math.min(...known.map(({ minMs }) => minMs)) / 1000,
      MaxSeconds: Math.max(...known.map(({ maxMs }) => maxMs)) / 1000,
    };
  }
  return { LearntFrom: '', Count: 0, MeanSeconds: 0, MinSeconds: 0, MaxSeconds: 0 };
}

import { type InstanceView, isFinal, type JobView, type TaskView } from '@rebatch/model';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { findJob } from '../connection/find-job.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { printable } from '../terminal/printable.ts';

/** Waiting instances that share a reason. */
interface Wait {
  task: string;
  reason: string;
  /** Numbers of instances, when not all that wait in the task. */
  instances?: number[];
  count: number;
}

/** Instances of one task that are looked at one by one; the task's own reason tells of the others. */
const LOOK_AT = 200;

export const whyCommand: Command = {
  usage: ['why JOB [--json]'],
  about:
    'Says why instances of a job wait: a free slot, a predecessor, a limit, a quota, an image that is missing, an engine that is down. JOB is an id, or "last" for the newest job.',
  options: { ...JSON_OPTION, ...CONNECTION_OPTIONS },
  async run(options, io) {
    const name = options.only('JOB');
    return withConnection(options, io, async ({ jobs }) => {
      const job = await findJob(jobs, name);
      const waits: Wait[] = [];
      if (!isFinal(job.State)) {
        for await (const task of jobs.tasks(job.Id)) {
          if (task.InstanceMetrics.WaitingCount === 0) continue;
          const instances: InstanceView[] = [];
          for await (const instance of jobs.instances(job.Id, task.TaskName, { state: 'Waiting' })) {
            if (instances.push(instance) >= LOOK_AT) break;
          }
          waits.push(...waitsOf(task, instances));
        }
      }
      await io.out(options.flag('json') ? `${JSON.stringify(waits, null, 2)}\n` : describe(job, waits));
      return 0;
    });
  },
};

/** The task's reason, then the reasons that single instances have. */
function waitsOf(task: TaskView, instances: readonly InstanceView[]): Wait[] {
  const others = Map.groupBy(
    instances.filter(({ Message }) => Message !== '' && Message !== task.Message),
    ({ Message }) => Message,
  );
  const own = [...others].map(([reason, list]) => ({
    task: task.TaskName,
    reason,
    instances: list.map(({ InstanceId }) => InstanceId),
    count: list.length,
  }));
  const told = own.reduce((sum, { count }) => sum + count, 0);
  const count = task.InstanceMetrics.WaitingCount - told;
  return count > 0 ? [{ task: task.TaskName, reason: task.Message, count }, ...own] : own;
}

function describe(job: JobView, waits: readonly Wait[]): string {
  const head = `${job.Id} ${job.State}${job.Message === '' ? '' : `: ${printable(job.Message)}`}\n`;
  if (waits.length === 0) return `${head}nothing of it waits\n`;
  const lines = waits.map(({ task, reason, instances, count }) => {
    const which = instances === undefined ? `${count} waiting` : `instance ${shorten(instances)}`;
    return `  ${task} (${which}): ${printable(reason === '' ? 'about to start' : reason)}\n`;
  });
  return head + lines.join('');
}

function shorten(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 5).join(', ');
  return numbers.length > 5 ? `${shown} and ${numbers.length - 5} more` : shown;
}

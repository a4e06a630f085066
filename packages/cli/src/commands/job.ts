import { type InstanceView, type JobView, parseTime, type TaskView } from '@rebatch/model';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { findJob } from '../connection/find-job.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { formatWireTime } from '../terminal/format-time.ts';
import { printable } from '../terminal/printable.ts';
import { formatTable } from '../terminal/table.ts';
import { formatCounts, instanceTrouble, took } from './job-text.ts';

export const jobCommand: Command = {
  usage: ['job JOB [--limit N] [--description] [--json]'],
  about:
    'Shows one job with its tasks and instances, and why something failed or waits. JOB is an id, or "last" for the newest job.',
  options: {
    limit: { value: 'N', help: 'at most so many instances of each task (default: 50)' },
    description: { help: 'print the description it was submitted with, as JSON' },
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  async run(options, io) {
    const name = options.only('JOB');
    const limit = options.integer('limit', 1, 1_000_000) ?? 50;
    return withConnection(options, io, async ({ jobs }) => {
      const job = await findJob(jobs, name);
      if (options.flag('description')) {
        await io.out(`${JSON.stringify(await jobs.getJobDescription(job.Id), null, 2)}\n`);
        return 0;
      }
      const tasks: { task: TaskView; instances: InstanceView[] }[] = [];
      for await (const task of jobs.tasks(job.Id)) {
        const instances: InstanceView[] = [];
        for await (const instance of jobs.instances(job.Id, task.TaskName)) {
          if (instances.push(instance) >= limit) break;
        }
        tasks.push({ task, instances });
      }
      if (options.flag('json')) {
        const shown = tasks.map(({ task, instances }) => ({ ...task, Instances: instances }));
        await io.out(`${JSON.stringify({ ...job, Tasks: shown }, null, 2)}\n`);
      } else {
        await io.out(formatJob(job, tasks, limit));
      }
      return 0;
    });
  },
};

function formatJob(
  job: JobView,
  tasks: readonly { task: TaskView; instances: readonly InstanceView[] }[],
  limit: number,
): string {
  const facts: [string, string][] = [
    ['Job', job.Id],
    ['Name', job.Name],
    ['State', job.State],
    ['Message', job.Message],
    ['Priority', String(job.Priority)],
    ['Created', formatWireTime(job.CreationTime)],
    ['Started', formatWireTime(job.StartTime)],
    ['Ended', formatWireTime(job.EndTime)],
    ['Took', took(job.StartTime, job.EndTime)],
    ['Logs', logFolder(tasks.flatMap(({ instances }) => instances))],
  ];
  const head = facts
    .filter(([, value]) => value !== '' && value !== '-')
    .map(([title, value]) => `${title.padEnd(10)}${printable(value)}\n`)
    .join('');
  const sections = tasks.map(({ task, instances }) => {
    const title = `\nTask ${task.TaskName}: ${task.State} (${formatCounts(task.InstanceMetrics)})\n`;
    const total = Object.values(task.InstanceMetrics).reduce((sum: number, count: number) => sum + count, 0);
    const more =
      total > instances.length
        ? `… ${total - instances.length} more: --limit ${Math.max(total, limit)}\n`
        : '';
    return title + formatTable(COLUMNS, instances) + more;
  });
  return head + sections.join('');
}

const COLUMNS = [
  { title: 'INSTANCE', value: (one: InstanceView) => String(one.InstanceId), align: 'right' },
  { title: 'STATE', value: (one: InstanceView) => one.State },
  { title: '%', value: (one: InstanceView) => String(one.Progress), align: 'right' },
  { title: 'EXIT', value: exitCode, align: 'right' },
  { title: 'RETRIES', value: (one: InstanceView) => String(one.RetryCount), align: 'right' },
  { title: 'STARTED', value: (one: InstanceView) => formatWireTime(one.StartTime) },
  { title: 'TOOK', value: (one: InstanceView) => took(one.StartTime, one.EndTime), align: 'right' },
  { title: 'WHY', value: (one: InstanceView) => instanceTrouble(one) },
] as const;

function exitCode(instance: InstanceView): string {
  return parseTime(instance.EndTime) === undefined ? '-' : String(instance.Result.ExitCode);
}

function logFolder(instances: readonly InstanceView[]): string {
  const [first] = instances.map((instance) => instance.StdoutRedirectPath).filter((url) => url !== '');
  return first === undefined ? '' : first.slice(0, first.lastIndexOf('/') + 1);
}

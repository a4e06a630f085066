import { isFinal, type InstanceView, type JobView, type TaskView } from '@rebatch/model';
import { CliError, UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { type Connection, withConnection } from '../connection/connection.ts';
import { findJob } from '../connection/find-job.ts';
import { followJob, type LogStream } from '../follow/follow-job.ts';
import { followLog } from '../follow/follow-log.ts';
import { type LogPrinter, plainPrinter, PrefixPrinter } from '../follow/log-printer.ts';
import type { Io } from '../io.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';
import type { Options } from '../options/options.ts';
import { printable } from '../terminal/printable.ts';

export const logsCommand: Command = {
  usage: ['logs JOB [TASK] [INSTANCE] [-f] [--stderr | --both]'],
  about:
    'Prints what the programs of a job wrote to standard output: one log byte by byte, several line by line, each line with whose it is. JOB is an id, or "last" for the newest job; in a job of one task the instance number is enough, and TASK.INSTANCE is as good as both.',
  options: {
    follow: {
      short: 'f',
      help: 'go on as programs start and write, until the job is over; exit code 1 when it failed',
    },
    stderr: { help: 'standard error instead of standard output' },
    both: { help: 'both; lines of standard error are marked' },
    ...CONNECTION_OPTIONS,
  },
  examples: ['rebatch logs last -f', 'rebatch logs job-… work 3 --stderr', 'rebatch logs last work.3 --both'],
  async run(options, io) {
    const [name = '', ...which] = options.between(1, 3, 'JOB');
    const streams = readStreams(options);
    return withConnection(options, io, async (connection) => {
      const job = await findJob(connection.jobs, name);
      const tasks: TaskView[] = [];
      for await (const task of connection.jobs.tasks(job.Id)) tasks.push(task);
      const selection = { ...select(job, tasks, which), streams };
      const printer = isSingle(selection) ? plainPrinter(io) : new PrefixPrinter(io);
      if (options.flag('follow')) return follow(connection, job, selection, printer, io);
      for (const task of selection.tasks) await printTask(connection, job, task, selection, printer, io);
      return 0;
    });
  },
};

function readStreams(options: Options): readonly LogStream[] {
  if (options.flag('both')) {
    if (options.flag('stderr')) throw new UsageError('--both says it all: leave --stderr out');
    return ['stdout', 'stderr'];
  }
  return [options.flag('stderr') ? 'stderr' : 'stdout'];
}

interface Selection {
  tasks: readonly TaskView[];
  instance: number | undefined;
  streams: readonly LogStream[];
}

function select(
  job: JobView,
  tasks: readonly TaskView[],
  which: readonly string[],
): Pick<Selection, 'tasks' | 'instance'> {
  const [first, second] = which;
  if (first === undefined) return { tasks, instance: undefined };
  const named = tasks.filter((task) => task.TaskName === first);
  if (named.length > 0) return { tasks: named, instance: readInstance(second) };
  if (second === undefined) {
    const [, name, number] = /^(?:(.+)\.)?(\d+)$/.exec(first) ?? [];
    const meant = tasks.filter(
      (task) => task.TaskName === name || (name === undefined && tasks.length === 1),
    );
    if (number !== undefined && meant.length > 0) return { tasks: meant, instance: readInstance(number) };
  }
  const names = tasks.map((task) => task.TaskName).join(', ');
  throw new UsageError(`${job.Id} has no task "${first}"; its tasks: ${names}`);
}

function readInstance(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`INSTANCE must be a number from 0, not "${text}"`);
  return Number(text);
}

/** True when only one log can come. */
function isSingle({ tasks, instance, streams }: Selection): boolean {
  if (streams.length > 1) return false;
  return instance !== undefined || (tasks.length === 1 && countOf(tasks) === 1);
}

function countOf(tasks: readonly TaskView[]): number {
  return tasks
    .flatMap((task) => Object.values(task.InstanceMetrics))
    .reduce((sum: number, count: number) => sum + count, 0);
}

async function follow(
  connection: Connection,
  job: JobView,
  selection: Selection,
  printer: LogPrinter,
  io: Io,
): Promise<number> {
  const names = new Set(selection.tasks.map((task) => task.TaskName));
  const ended = await followJob(
    connection,
    job.Id,
    {
      bytes: (source, bytes) => printer.print(source, bytes),
      logEnd: (source) => printer.end(source),
      away: (error) => io.err(`${error.message}; waiting for it\n`),
    },
    {
      streams: selection.streams,
      wanted: (task, instance) =>
        names.has(task) && (selection.instance === undefined || selection.instance === instance),
      signal: io.interrupted,
    },
  );
  if (ended.State === 'Finished') return 0;
  io.err(`${ended.Id} is ${ended.State}${ended.Message === '' ? '' : `: ${printable(ended.Message)}`}\n`);
  return 1;
}

async function printTask(
  { jobs, oss }: Connection,
  { Id: jobId }: JobView,
  { TaskName: task }: TaskView,
  { instance: only, streams }: Selection,
  printer: LogPrinter,
  io: Io,
): Promise<void> {
  const instances =
    only === undefined ? jobs.instances(jobId, task) : [await jobs.getInstance(jobId, task, only)];
  for await (const instance of instances) {
    let bytes = 0;
    for (const stream of streams) {
      const url = urlOf(instance, stream);
      if (url === '') continue;
      const source = { task, instance: instance.InstanceId, stream };
      const log = followLog(oss, url, () => true, io.interrupted);
      for await (const piece of log) {
        bytes += piece.length;
        await printer.print(source, piece);
      }
      await printer.end(source);
    }
    if (only !== undefined && bytes === 0) throw new CliError(whyNothing(instance, task, streams));
  }
}

function urlOf(instance: InstanceView, stream: LogStream): string {
  return stream === 'stdout' ? instance.StdoutRedirectPath : instance.StderrRedirectPath;
}

/** No object: the program has written nothing yet, or never ran (spec/batchcompute-api.md §14). */
function whyNothing(instance: InstanceView, task: string, streams: readonly LogStream[]): string {
  const name = `${task}.${instance.InstanceId}`;
  if (streams.every((stream) => urlOf(instance, stream) === '')) {
    return `${name} keeps no ${streams.join(' and no ')}: the job names no place for it`;
  }
  return isFinal(instance.State) ? `${name} wrote nothing` : `${name} has written nothing yet`;
}

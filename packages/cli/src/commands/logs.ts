import { OssError } from '@rebatch/client';
import { isFinal, type JobView, parseOssUrl, type TaskView } from '@rebatch/model';
import { CliError, UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { type Connection, withConnection } from '../connection/connection.ts';
import { findJob } from '../connection/find-job.ts';
import { followJob, type LogSource, type LogStream } from '../follow/follow-job.ts';
import { LineSplitter } from '../follow/line-splitter.ts';
import type { Io } from '../io.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';

export const logsCommand: Command = {
  usage: ['logs JOB [TASK] [INSTANCE] [-f] [--stderr]'],
  about:
    'Prints what the programs of a job wrote to standard output. With several instances each line says whose it is. JOB is an id, or "last" for the newest job; in a job of one task the instance number is enough.',
  options: {
    follow: {
      short: 'f',
      help: 'go on as programs write, until the job is over; exit code 1 when it failed',
    },
    stderr: { help: 'standard error instead of standard output' },
    ...CONNECTION_OPTIONS,
  },
  examples: ['rebatch logs last -f', 'rebatch logs job-… work 3 --stderr'],
  async run(options, io) {
    const [name = '', ...which] = options.between(1, 3, 'JOB');
    const stream: LogStream = options.flag('stderr') ? 'stderr' : 'stdout';
    return withConnection(options, io, async (connection) => {
      const job = await findJob(connection.jobs, name);
      const tasks: TaskView[] = [];
      for await (const task of connection.jobs.tasks(job.Id)) tasks.push(task);
      const selection = select(job, tasks, which);
      const single =
        selection.instance !== undefined || (selection.tasks.length === 1 && countOf(selection.tasks) === 1);
      const print = (source: LogSource, line: string) =>
        io.out(single ? `${line}\n` : `[${source.task}.${source.instance}] ${line}\n`);
      if (options.flag('follow')) return follow(connection, job, selection, stream, print, io);
      for (const task of selection.tasks) {
        await printTask(connection, job.Id, task.TaskName, selection.instance, stream, print);
      }
      return 0;
    });
  },
};

interface Selection {
  tasks: readonly TaskView[];
  instance: number | undefined;
}

type Print = (source: LogSource, line: string) => Promise<void>;

function select(job: JobView, tasks: readonly TaskView[], which: readonly string[]): Selection {
  const [first, second] = which;
  if (first === undefined) return { tasks, instance: undefined };
  const named = tasks.filter((task) => task.TaskName === first);
  if (named.length > 0) return { tasks: named, instance: readInstance(second) };
  if (second === undefined && tasks.length === 1 && /^\d+$/.test(first)) {
    return { tasks, instance: readInstance(first) };
  }
  const names = tasks.map((task) => task.TaskName).join(', ');
  throw new UsageError(`${job.Id} has no task "${first}"; its tasks: ${names}`);
}

function readInstance(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`INSTANCE must be a number from 0, not "${text}"`);
  return Number(text);
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
  stream: LogStream,
  print: Print,
  io: Io,
): Promise<number> {
  const names = new Set(selection.tasks.map((task) => task.TaskName));
  const ended = await followJob(
    connection,
    job.Id,
    {
      line: (source, line) => {
        void print(source, line);
      },
      away: (error) => io.err(`${error.message}; waiting for it\n`),
    },
    {
      streams: [stream],
      wanted: (task, instance) =>
        names.has(task) && (selection.instance === undefined || selection.instance === instance),
      signal: io.interrupted,
    },
  );
  if (ended.State === 'Finished') return 0;
  io.err(`${ended.Id} is ${ended.State}${ended.Message === '' ? '' : `: ${ended.Message}`}\n`);
  return 1;
}

async function printTask(
  connection: Connection,
  jobId: string,
  task: string,
  only: number | undefined,
  stream: LogStream,
  print: Print,
): Promise<void> {
  const instances =
    only === undefined
      ? connection.jobs.instances(jobId, task)
      : [await connection.jobs.getInstance(jobId, task, only)];
  for await (const instance of instances) {
    const url = stream === 'stdout' ? instance.StdoutRedirectPath : instance.StderrRedirectPath;
    const source = { task, instance: instance.InstanceId, stream };
    if (url === '') {
      if (only === undefined) continue;
      throw new CliError(`${task}.${only} keeps no ${stream}: the job names no place for it`);
    }
    const { bucket, key } = parseOssUrl(url);
    try {
      const { body } = await connection.oss.get(bucket, key);
      const lines = new LineSplitter();
      for await (const chunk of body) {
        for (const line of lines.push(chunk)) await print(source, line);
      }
      for (const line of lines.end()) await print(source, line);
    } catch (error) {
      // No object: the program has written nothing yet, or never ran (spec/batchcompute-api.md §14).
      if (!(error instanceof OssError && error.code === 'NoSuchKey')) throw error;
      if (only !== undefined) {
        throw new CliError(
          isFinal(instance.State)
            ? `${task}.${only} wrote nothing`
            : `${task}.${only} has written nothing yet`,
          { cause: error },
        );
      }
    }
  }
}

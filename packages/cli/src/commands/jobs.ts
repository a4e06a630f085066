import type { JobView } from '@rebatch/model';
import { STATES } from '@rebatch/model';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { formatWireTime } from '../terminal/format-time.ts';
import { formatTable } from '../terminal/table.ts';
import { took } from './job-text.ts';

export const jobsCommand: Command = {
  usage: ['jobs [--state STATE] [--limit N] [--json]'],
  about: 'Lists your jobs, the newest first.',
  options: {
    state: { value: 'STATE', help: `only those that are ${STATES.join(', ')}` },
    limit: { value: 'N', help: 'at most so many (default: 50)' },
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  async run(options, io) {
    options.between(0, 0, '');
    const state = readState(options.text('state'));
    const limit = options.integer('limit', 1, 1_000_000) ?? 50;
    const jobs = await withConnection(options, io, async (connection) => {
      const found: JobView[] = [];
      const filter = { orderBy: 'CreationTime', reverse: true } as const;
      for await (const job of connection.jobs.jobs(state === undefined ? filter : { ...filter, state })) {
        if (found.push(job) >= limit) break;
      }
      return found;
    });
    if (options.flag('json')) await io.out(`${JSON.stringify(jobs, null, 2)}\n`);
    else if (jobs.length > 0) await io.out(formatTable(COLUMNS, jobs));
    else io.err(state === undefined ? 'there are no jobs\n' : `no job is ${state}\n`);
    return 0;
  },
};

const COLUMNS = [
  { title: 'JOB', value: (job: JobView) => job.Id },
  { title: 'NAME', value: (job: JobView) => job.Name },
  { title: 'STATE', value: (job: JobView) => job.State },
  { title: 'DONE', value: progress, align: 'right' },
  { title: 'CREATED', value: (job: JobView) => formatWireTime(job.CreationTime) },
  { title: 'TOOK', value: (job: JobView) => took(job.StartTime, job.EndTime), align: 'right' },
  { title: 'MESSAGE', value: (job: JobView) => job.Message },
] as const;

/** Finished instances of all. */
function progress({ InstanceMetrics: counts }: JobView): string {
  const all =
    counts.WaitingCount +
    counts.RunningCount +
    counts.FinishedCount +
    counts.FailedCount +
    counts.StoppedCount;
  return `${counts.FinishedCount}/${all}`;
}

function readState(text: string | undefined) {
  if (text === undefined) return undefined;
  const state = STATES.find((known) => known.toLowerCase() === text.toLowerCase());
  if (state === undefined) throw new UsageError(`--state must be one of ${STATES.join(', ')}, not "${text}"`);
  return state;
}

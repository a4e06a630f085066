import type { LearntTask, PlanFacts } from '@rebatch/client';
import { type Dag, parseJobDescription } from '@rebatch/model';
import type { JobPlan } from '@rebatch/emulator';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { type ChosenDuration, chooseDurations } from '../plan/task-durations.ts';
import { readDescription } from '../submit/read-description.ts';
import { formatDuration } from '../terminal/format-duration.ts';
import { formatTable } from '../terminal/table.ts';

export const planCommand: Command = {
  usage: ['plan FILE [--slots N] [--duration [TASK=]TIME]... [--json]'],
  about:
    'Says what a job would run, where and how long, without running it: the scheduler goes through it in no time, on slots that have nothing else to do. Each instance takes as long as past runs of its App or task did on average, or as long as --duration says. FILE is a description in JSON, "-" for standard input.',
  options: {
    slots: { value: 'N', help: "attempts at once (default: the server's)" },
    duration: {
      value: '[TASK=]TIME',
      multiple: true,
      help: 'time of one instance (90s, 1.5m, 2h) of a task, or of all of which nothing is known',
    },
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  examples: ['rebatch plan film.json', 'rebatch plan film.json --slots 64 --duration render=12m'],
  async run(options, io) {
    const description = await readDescription(options.only('FILE'), io);
    const facts = await withConnection(options, io, async ({ operations }) =>
      operations.preparePlan(description),
    );
    const slots = options.integer('slots', 1, 100_000) ?? Math.max(1, facts.slots);
    const durations = chooseDurations(facts, options.texts('duration'));
    const { planJob } = await import('@rebatch/emulator');
    const plan = await planJob({
      name: description.Name,
      dag: dagOf(description.Name, facts),
      slots,
      durations: new Map([...durations].map(([task, { ms }]) => [task, ms])),
    });
    await io.out(
      options.flag('json')
        ? `${JSON.stringify({ slots, ...plan, facts: facts.tasks }, null, 2)}\n`
        : formatPlan(plan, slots, facts, durations),
    );
    return plan.state === 'Finished' ? 0 : 1;
  },
};

/** The server's DAG, read again as a description so that its shape is certain. */
function dagOf(name: string, { dag }: PlanFacts): Dag {
  const job = parseJobDescription({ Name: name, Type: 'DAG', DAG: dag });
  if (job.Type !== 'DAG') throw new TypeError('the server told no DAG');
  return job.DAG;
}

function time(ms: number | undefined): string {
  return ms === undefined ? '-' : formatDuration(ms);
}

function formatPlan(
  plan: JobPlan,
  slots: number,
  facts: PlanFacts,
  durations: ReadonlyMap<string, ChosenDuration>,
): string {
  const learnt = new Map<string, LearntTask>(facts.tasks.map((task) => [task.task, task]));
  const table = formatTable(
    [
      { title: 'TASK', value: ({ task }) => task },
      { title: 'INSTANCES', value: ({ instances }) => String(instances), align: 'right' },
      { title: 'EACH', value: ({ task }) => time(durations.get(task)?.ms), align: 'right' },
      { title: 'STARTS', value: ({ startMs }) => time(startMs), align: 'right' },
      { title: 'ENDS', value: ({ endMs }) => time(endMs), align: 'right' },
      { title: 'IMAGE', value: ({ task }) => learnt.get(task)?.image ?? '' },
      { title: 'BECAUSE', value: ({ task }) => durations.get(task)?.source ?? '' },
    ],
    plan.tasks,
  );
  const share = plan.totalMs === 0 ? 0 : plan.busyMs / (plan.totalMs * slots);
  const busy = facts.busy === 0 ? '' : `; ${facts.busy} of the server's slots are busy now`;
  return [
    table,
    plan.state === 'Finished'
      ? `The job takes ${formatDuration(plan.totalMs)} on ${slots} slots, which are ${Math.round(share * 100)} % busy${busy}.`
      : `The job would fail after ${formatDuration(plan.totalMs)}: ${plan.message}`,
    '',
  ].join('\n');
}

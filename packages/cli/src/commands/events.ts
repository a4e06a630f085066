import type { DeadLetter, HappenedEvent, Webhook } from '@rebatch/client';
import { EVENTS } from '@rebatch/model';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { type Connection, withConnection } from '../connection/connection.ts';
import { findJob } from '../connection/find-job.ts';
import { eventJson, eventLine } from '../events/event-line.ts';
import { followEvents } from '../events/follow-events.ts';
import type { Io } from '../io.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import type { Options } from '../options/options.ts';
import { formatWireTime } from '../terminal/format-time.ts';
import { formatTable } from '../terminal/table.ts';

export const eventsCommand: Command = {
  usage: [
    'events [-f] [--job JOB] [--events NAMES] [--since ID] [--limit N] [--json]',
    'events dead [--json]',
    'events retry|drop ID...',
    'events webhook add URL [--events NAMES]',
    'events webhook [list] [--json]',
    'events webhook delete ID...',
  ],
  about: `Shows what happened to your jobs and clusters, the newest last; tells webhooks of it; lists messages that could not be delivered. Names of events: ${EVENTS.join(', ')}.`,
  options: {
    follow: { short: 'f', help: 'go on as it happens, until Ctrl-C' },
    job: { value: 'JOB', help: 'only of this job' },
    events: { value: 'NAMES', help: 'only these, separated by commas' },
    since: { value: 'ID', help: 'only after this event' },
    limit: { value: 'N', help: 'at most so many of the past (default: 50)' },
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'rebatch events -f --events OnJobFinished,OnJobFailed',
    'rebatch events webhook add https://chat.example.test/hook --events OnJobFailed',
  ],
  async run(options, io) {
    const [verb = 'list', ...rest] = options.positionals;
    const act = ACTIONS.get(verb);
    if (act === undefined) throw new UsageError(`"${verb}" is none of ${[...ACTIONS.keys()].join(', ')}`);
    return withConnection(options, io, async (connection) => act(connection, rest, options, io));
  },
};

type Action = (connection: Connection, rest: string[], options: Options, io: Io) => Promise<number>;

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['list', list],
  ['dead', dead],
  [
    'retry',
    async ({ operations }, ids, _options, io) =>
      each(ids, io, 'sent again', (id) => operations.retryDeadLetter(id)),
  ],
  [
    'drop',
    async ({ operations }, ids, _options, io) =>
      each(ids, io, 'dropped', (id) => operations.deleteDeadLetter(id)),
  ],
  ['webhook', webhook],
]);

async function list(connection: Connection, rest: string[], options: Options, io: Io): Promise<number> {
  if (rest[0] !== undefined) throw new UsageError(`too many arguments: what is "${rest[0]}"?`);
  const json = options.flag('json');
  const names = readNames(options);
  const jobId = await readJob(connection, options);
  const since = options.integer('since', 0, Number.MAX_SAFE_INTEGER);
  const filter = {
    ...(names === undefined ? {} : { names }),
    ...(jobId === undefined ? {} : { jobId }),
  };
  if (options.flag('follow')) {
    const after = since ?? (await newestId(connection));
    return followEvents(connection.operations, { filter, json, after }, io);
  }
  const limit = options.integer('limit', 1, 1_000_000) ?? 50;
  const found: HappenedEvent[] = [];
  for await (const event of connection.operations.latestEvents()) {
    if (event.id <= (since ?? 0)) break;
    if (names !== undefined && !names.includes(event.name)) continue;
    if (jobId !== undefined && event.message['JobId'] !== jobId) continue;
    if (found.push(event) >= limit) break;
  }
  for (const event of found.toReversed()) await io.out(json ? eventJson(event) : eventLine(event));
  if (found.length === 0) io.err('nothing has happened\n');
  return 0;
}

/** 0 when nothing has happened yet. */
async function newestId({ operations }: Connection): Promise<number> {
  for await (const { id } of operations.latestEvents()) return id;
  return 0;
}

async function dead({ operations }: Connection, _rest: string[], options: Options, io: Io): Promise<number> {
  const letters: DeadLetter[] = [];
  for await (const letter of operations.deadLetters()) letters.push(letter);
  if (options.flag('json')) await io.out(`${JSON.stringify(letters, null, 2)}\n`);
  else if (letters.length === 0) io.err('every message has arrived or is on its way\n');
  else {
    await io.out(
      formatTable(
        [
          { title: 'ID', value: (letter) => String(letter.id), align: 'right' },
          { title: 'EVENT', value: (letter) => letter.event },
          { title: 'HAPPENED', value: (letter) => formatWireTime(letter.eventTime) },
          { title: 'TRIES', value: (letter) => String(letter.tries), align: 'right' },
          { title: 'REASON', value: (letter) => letter.reason },
          { title: 'TO', value: (letter) => letter.to },
        ],
        letters,
      ),
    );
  }
  return 0;
}

async function each(
  ids: string[],
  io: Io,
  done: string,
  change: (id: number) => Promise<void>,
): Promise<number> {
  if (ids.length === 0) throw new UsageError('ID is missing: see "rebatch events dead"');
  for (const id of ids) {
    if (!/^\d{1,15}$/.test(id)) throw new UsageError(`"${id}" is no ID: see "rebatch events dead"`);
    await change(Number(id));
    await io.out(`${id} ${done}\n`);
  }
  return 0;
}

async function webhook(
  { operations }: Connection,
  rest: string[],
  options: Options,
  io: Io,
): Promise<number> {
  const [verb = 'list', ...names] = rest;
  if (verb === 'add') {
    const [url, extra] = names;
    if (url === undefined || extra !== undefined) throw new UsageError('one URL is needed');
    const made = await operations.addWebhook(url, readNames(options));
    if (options.flag('json')) await io.out(`${JSON.stringify(made, null, 2)}\n`);
    else {
      await io.out(`${made.id} hears of ${made.events.join(', ')}\n`);
      await io.out(`Secret ${made.secret} signs what is sent; it is not shown again\n`);
    }
    return 0;
  }
  if (verb === 'delete') {
    if (names.length === 0) throw new UsageError('ID is missing: see "rebatch events webhook"');
    for (const id of names) {
      await operations.deleteWebhook(id);
      await io.out(`${id} deleted\n`);
    }
    return 0;
  }
  if (verb !== 'list') throw new UsageError(`"${verb}" is none of add, list, delete`);
  const hooks = await operations.listWebhooks();
  if (options.flag('json')) await io.out(`${JSON.stringify(hooks, null, 2)}\n`);
  else if (hooks.length === 0) io.err('there are no webhooks\n');
  else await io.out(formatTable(WEBHOOK_COLUMNS, hooks));
  return 0;
}

const WEBHOOK_COLUMNS = [
  { title: 'WEBHOOK', value: (hook: Webhook) => hook.id },
  { title: 'URL', value: (hook: Webhook) => hook.url },
  { title: 'EVENTS', value: (hook: Webhook) => hook.events.join(',') },
] as const;

function readNames(options: Options): string[] | undefined {
  const names = options
    .text('events')
    ?.split(',')
    .map((name) => name.trim());
  const unknown = names?.find((name) => !EVENTS.includes(name));
  if (unknown === undefined) return names;
  throw new UsageError(`there is no event "${unknown}"; see: rebatch events --help`);
}

async function readJob(connection: Connection, options: Options): Promise<string | undefined> {
  const text = options.text('job');
  if (text === undefined) return undefined;
  // A job may be deleted while its events are still there.
  return text === 'last' ? (await findJob(connection.jobs, text)).Id : text;
}

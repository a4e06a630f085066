import { findApp, registerApp } from '@rebatch/apps';
import { type AppView, parseTime } from '@rebatch/model';
import { KNOWN_APPS, wantedApp } from '../apps/wanted-app.ts';
import { CliError, UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { type Connection, withConnection } from '../connection/connection.ts';
import type { Io } from '../io.ts';
import { CONNECTION_OPTIONS, JSON_OPTION } from '../options/option-spec.ts';
import { chooseAction } from '../options/choose-action.ts';
import type { Options } from '../options/options.ts';
import { formatLocalTime } from '../terminal/format-time.ts';
import { printable } from '../terminal/printable.ts';
import { formatTable } from '../terminal/table.ts';
import { registrationText } from './registration-text.ts';

export const appsCommand: Command = {
  usage: [
    'apps [list] [--json]',
    'apps show APP [--json]',
    'apps register NAME|FILE [--image IMAGE] [--as APP] [--dry-run]',
    'apps diff NAME|FILE [--image IMAGE] [--as APP] [--json]',
    'apps export APP [--revision N]',
    'apps delete APP...',
  ],
  about: `Lists, shows, registers and deletes Apps: job templates with parameters. NAME is one that comes with Rebatch (${KNOWN_APPS}), FILE an App description in JSON, as export prints it. Registering again writes a new revision only when something differs; diff says what, and exits 1 then.`,
  options: {
    image: { value: 'IMAGE', help: 'container image that the App runs in' },
    as: { value: 'APP', help: 'register under this name' },
    revision: { value: 'N', help: 'of the App, from 0; default: its latest' },
    'dry-run': { help: 'only say what registering would do' },
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'rebatch apps register blender --image studio/blender:4.2 --dry-run',
    'rebatch apps export blender >blender.json',
  ],
  async run(options, io) {
    const { act, args } = chooseAction(ACTIONS, options);
    return withConnection(options, io, async (connection) => act(connection, args, options, io));
  },
};

type Action = (connection: Connection, names: string[], options: Options, io: Io) => Promise<number>;

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['list', list],
  ['show', show],
  ['register', register],
  ['diff', diff],
  ['export', exportApp],
  ['delete', remove],
]);

async function list({ jobs }: Connection, names: string[], options: Options, io: Io): Promise<number> {
  if (names[0] !== undefined) throw new UsageError(`to see one App: rebatch apps show ${names[0]}`);
  const apps: (AppView & { reference: string })[] = [];
  for await (const app of jobs.apps('Private')) apps.push({ ...app, reference: app.Name });
  const own = new Set(apps.map((app) => `${app.Name} ${app.CreationTime}`));
  for await (const app of jobs.apps('Public')) {
    // The operator's own Apps are listed in both scopes.
    if (!own.has(`${app.Name} ${app.CreationTime}`)) apps.push({ ...app, reference: `:${app.Name}` });
  }
  if (options.flag('json')) {
    await io.out(`${JSON.stringify(apps, null, 2)}\n`);
  } else if (apps.length === 0) {
    io.err(`there are no Apps; register one: rebatch apps register ${KNOWN_APPS}\n`);
  } else {
    await io.out(
      formatTable(
        [
          { title: 'APP', value: (app) => app.reference },
          { title: 'IMAGE', value: (app) => app.Docker?.Image ?? app.VM?.ECSImageId ?? '-' },
          { title: 'CREATED', value: (app) => formatLocalTime(parseTime(app.CreationTime)) },
          { title: 'DESCRIPTION', value: (app) => app.Description },
        ],
        apps,
      ),
    );
  }
  return 0;
}

async function show({ jobs }: Connection, names: string[], options: Options, io: Io): Promise<number> {
  const name = onlyName(names);
  const app = await findApp(jobs, name);
  if (app === undefined) throw noSuchApp(name);
  if (options.flag('json')) {
    await io.out(`${JSON.stringify(app, null, 2)}\n`);
    return 0;
  }
  const inputs = Object.entries(app.InputParameters).map(([key, parameter]) => ({
    name: key,
    kind: 'input',
    fallback: parameter.Default === null ? '(must be given)' : String(parameter.Default),
    path: parameter.LocalPath,
    text: parameter.Description,
  }));
  const outputs = Object.entries(app.OutputParameters).map(([key, parameter]) => ({
    name: key,
    kind: 'output',
    fallback: '',
    path: parameter.LocalPath,
    text: parameter.Description,
  }));
  const config = Object.entries(app.Config).map(([key, { Default: value }]) => `${key}=${String(value)}`);
  await io.out(
    [
      `App       ${printable(app.Name)}: ${printable(app.Description)}`,
      `Image     ${printable(app.Docker?.Image ?? app.VM?.ECSImageId ?? '-')}`,
      `Command   ${printable(app.CommandLine)}`,
      `Config    ${printable(config.join(' '))}`,
      '',
      formatTable(
        [
          { title: 'PARAMETER', value: (row) => row.name },
          { title: 'KIND', value: (row) => row.kind },
          { title: 'DEFAULT', value: (row) => row.fallback },
          { title: 'LOCAL PATH', value: (row) => row.path },
          { title: 'MEANING', value: (row) => row.text },
        ],
        [...inputs, ...outputs],
      ),
    ].join('\n'),
  );
  return 0;
}

async function register({ jobs }: Connection, names: string[], options: Options, io: Io): Promise<number> {
  const app = await wantedApp(onlyName(names, 'NAME|FILE'), options, io);
  const done = await registerApp(jobs, app, { dryRun: options.flag('dry-run') });
  await io.out(
    options.flag('json') ? `${JSON.stringify(done, null, 2)}\n` : `App ${registrationText(done)}\n`,
  );
  return 0;
}

async function diff({ jobs }: Connection, names: string[], options: Options, io: Io): Promise<number> {
  const app = await wantedApp(onlyName(names, 'NAME|FILE'), options, io);
  const { action, changes } = await registerApp(jobs, app, { dryRun: true });
  if (action === 'created') throw noSuchApp(app.Name);
  if (options.flag('json')) await io.out(`${JSON.stringify(changes, null, 2)}\n`);
  else await io.out(changes.map((change) => `${printable(change)}\n`).join(''));
  return changes.length === 0 ? 0 : 1;
}

async function exportApp({ jobs }: Connection, names: string[], options: Options, io: Io): Promise<number> {
  const name = onlyName(names);
  const revision = options.integer('revision', 0, Number.MAX_SAFE_INTEGER);
  const app = await findApp(jobs, name, revision);
  if (app === undefined)
    throw noSuchApp(revision === undefined ? name : `${name}" with a revision "${revision}`);
  await io.out(`${JSON.stringify(app, null, 2)}\n`);
  return 0;
}

async function remove({ jobs }: Connection, names: string[], _options: Options, io: Io): Promise<number> {
  if (names.length === 0) throw new UsageError('APP is missing');
  for (const name of names) {
    // The service is silent about an App that is not there; people want to know of a slip.
    if ((await findApp(jobs, name)) === undefined) throw noSuchApp(name);
    await jobs.deleteApp(name);
    await io.out(`App ${name} deleted\n`);
  }
  return 0;
}

function onlyName(names: string[], what = 'APP'): string {
  const [name, extra] = names;
  if (name === undefined) throw new UsageError(`${what} is missing`);
  if (extra !== undefined) throw new UsageError(`one App is enough: what is "${extra}"?`);
  return name;
}

function noSuchApp(name: string): CliError {
  return new CliError(`there is no App "${name}": see "rebatch apps"`);
}

import type { Administration } from '@rebatch/emulator';
import { isLimitName } from '@rebatch/model';
import { CliError, UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { DATA_OPTION, withAdministration } from '../connection/administration.ts';
import type { Io } from '../io.ts';
import { JSON_OPTION } from '../options/option-spec.ts';
import { chooseAction } from '../options/choose-action.ts';
import type { Options } from '../options/options.ts';
import { formatTable } from '../terminal/table.ts';

type Action = (administration: Administration, args: string[], options: Options, io: Io) => Promise<number>;

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['list', list],
  ['set', set],
  ['rm', remove],
]);

export const limitsCommand: Command = {
  usage: ['limits [list] [--json]', 'limits set NAME N', 'limits rm NAME...'],
  about:
    'Limits by name, such as licences: at most N attempts at once over all jobs and accounts that name the limit. A task names its limits in the variable REBATCH_LIMITS (EnvVars of the task or of its App, else UserData of its AutoCluster), with commas between them. A name without a limit is not limited. Works on the data folder, whether the server runs or not.',
  options: { ...JSON_OPTION, ...DATA_OPTION },
  examples: ['rebatch limits set maya 2'],
  async run(options, io) {
    const { act, args } = chooseAction(ACTIONS, options);
    return withAdministration(options, io, async (administration) => act(administration, args, options, io));
  },
};

async function list(
  administration: Administration,
  args: string[],
  options: Options,
  io: Io,
): Promise<number> {
  if (args[0] !== undefined) throw new UsageError(`what is "${args[0]}"?`);
  const limits = administration.listLimits();
  if (options.flag('json')) {
    await io.out(`${JSON.stringify(limits, null, 2)}\n`);
  } else if (limits.length === 0) {
    io.err('there are no limits; set one: rebatch limits set NAME N\n');
  } else {
    await io.out(
      formatTable(
        [
          { title: 'LIMIT', value: ({ name }) => name },
          { title: 'IN USE', value: ({ inUse }) => String(inUse), align: 'right' },
          { title: 'OF', value: ({ amount }) => String(amount ?? 'no limit'), align: 'right' },
        ],
        limits,
      ),
    );
  }
  return 0;
}

async function set(
  administration: Administration,
  args: string[],
  _options: Options,
  io: Io,
): Promise<number> {
  const [name, text, extra] = args;
  if (name === undefined || text === undefined) throw new UsageError('NAME and N are needed');
  if (extra !== undefined) throw new UsageError(`what is "${extra}"?`);
  if (!isLimitName(name)) {
    throw new UsageError(`"${name}" cannot be the name of a limit: 1 to 64 characters within [a-zA-Z0-9_.-]`);
  }
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`N must be a whole number, not "${text}"`);
  administration.setLimit(name, Number(text));
  await io.out(`limit ${name}: ${Number(text)} at once\n`);
  return 0;
}

async function remove(
  administration: Administration,
  args: string[],
  _options: Options,
  io: Io,
): Promise<number> {
  if (args.length === 0) throw new UsageError('NAME is missing');
  for (const name of args) {
    if (!administration.removeLimit(name))
      throw new CliError(`there is no limit ${name}: see "rebatch limits"`);
    await io.out(`limit ${name} removed\n`);
  }
  return 0;
}

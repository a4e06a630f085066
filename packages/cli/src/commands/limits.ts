import type { Administration } from '@rebatch/emulator';
import { isLimitName } from '@rebatch/model';
import { type Action, runAction } from '../administration/action.ts';
import { listAction } from '../administration/list-action.ts';
import { removeAction } from '../administration/remove-action.ts';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { DATA_OPTION } from '../connection/administration.ts';
import type { Io } from '../io.ts';
import { JSON_OPTION } from '../options/option-spec.ts';
import type { Options } from '../options/options.ts';

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  [
    'list',
    listAction({
      rows: (administration) => administration.listLimits(),
      columns: [
        { title: 'LIMIT', value: ({ name }) => name },
        { title: 'IN USE', value: ({ inUse }) => String(inUse), align: 'right' },
        { title: 'OF', value: ({ amount }) => String(amount ?? 'no limit'), align: 'right' },
      ],
      none: 'there are no limits; set one: rebatch limits set NAME N',
    }),
  ],
  ['set', set],
  [
    'rm',
    removeAction({
      noun: 'limit',
      remove: (administration, name) => administration.removeLimit(name),
    }),
  ],
]);

export const limitsCommand: Command = {
  usage: ['limits [list] [--json]', 'limits set NAME N', 'limits rm NAME...'],
  about:
    'Limits by name, such as licences: at most N attempts at once over all jobs and accounts that name the limit. A task names its limits in the variable REBATCH_LIMITS (EnvVars of the task or of its App, else UserData of its AutoCluster), with commas between them. A name without a limit is not limited. Works on the data folder, whether the server runs or not.',
  options: { ...JSON_OPTION, ...DATA_OPTION },
  examples: ['rebatch limits set maya 2'],
  run: runAction(ACTIONS),
};

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

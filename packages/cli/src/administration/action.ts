import type { Administration } from '@rebatch/emulator';
import { withAdministration } from '../connection/administration.ts';
import type { Io } from '../io.ts';
import { chooseAction } from '../options/choose-action.ts';
import type { Options } from '../options/options.ts';

/** One thing that a command does to the data folder (`rebatch keys make …`). `args`: what follows its name. */
export type Action = (
  administration: Administration,
  args: string[],
  options: Options,
  io: Io,
) => Promise<number>;

/** What `run` of a command does that has several such actions. */
export function runAction(
  actions: ReadonlyMap<string, Action>,
): (options: Options, io: Io) => Promise<number> {
  return async (options, io) => {
    const { act, args } = chooseAction(actions, options);
    return withAdministration(options, io, async (administration) => act(administration, args, options, io));
  };
}

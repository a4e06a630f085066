import type { Administration } from '@rebatch/emulator';
import { CliError, UsageError } from '../cli-error.ts';
import type { Options } from '../options/options.ts';
import type { Action } from './action.ts';

export interface RemoveActionParts {
  /** What goes, as people call it; the command that lists them is its plural. */
  noun: string;
  /** False when there is none of that name. */
  remove: (administration: Administration, name: string, options: Options) => boolean;
  /** Whose they are, for the error; absent where that is no question. */
  ownerOf?: (options: Options) => string;
}

/** `rm NAME...` of a command: one after the other, up to the first that there is not. */
export function removeAction({ noun, remove, ownerOf }: RemoveActionParts): Action {
  return async (administration, names, options, io) => {
    if (names.length === 0) throw new UsageError('NAME is missing');
    for (const name of names) {
      if (!remove(administration, name, options)) {
        const owner = ownerOf === undefined ? '' : ` of ${ownerOf(options)}`;
        throw new CliError(`there is no ${noun} ${name}${owner}: see "rebatch ${noun}s"`);
      }
      await io.out(`${noun} ${name} removed\n`);
    }
    return 0;
  };
}

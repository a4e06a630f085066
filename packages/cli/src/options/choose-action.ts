import { UsageError } from '../cli-error.ts';
import type { Options } from './options.ts';

/**
 * The action of a command that has several (`rebatch keys make …`), and the arguments after its name; `list` when none is
 * named.
 *
 * @throws UsageError for an action that the command does not have
 */
export function chooseAction<Action>(
  actions: ReadonlyMap<string, Action>,
  options: Options,
): { act: Action; args: string[] } {
  const [verb = 'list', ...args] = options.positionals;
  const act = actions.get(verb);
  if (act === undefined) throw new UsageError(`"${verb}" is none of ${[...actions.keys()].join(', ')}`);
  return { act, args };
}

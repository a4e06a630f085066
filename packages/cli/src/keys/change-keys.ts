import type { Administration } from '@rebatch/emulator';
import { CliError, UsageError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options/options.ts';

/** `rebatch keys make`: prints the secret, which no list shows again. */
export async function makeKey(
  administration: Administration,
  names: string[],
  options: Options,
  io: Io,
): Promise<number> {
  if (names[0] !== undefined) throw new UsageError(`what is "${names[0]}"? an account is given by --owner`);
  const owner = options.text('owner') ?? 'new';
  if (owner !== 'new' && !/^\d{1,15}$/.test(owner)) {
    throw new UsageError(`--owner must be an account number or "new", not "${owner}"`);
  }
  const key = administration.makeKey(owner, options.text('note') ?? '');
  await io.out(
    options.flag('json')
      ? `${JSON.stringify(key, null, 2)}\n`
      : `account  ${key.owner}\nid       ${key.id}\nsecret   ${key.secret}\n`,
  );
  return 0;
}

export async function disableKey(
  administration: Administration,
  names: string[],
  _options: Options,
  io: Io,
): Promise<number> {
  return setEnabled(administration, names, false, io);
}

export async function enableKey(
  administration: Administration,
  names: string[],
  _options: Options,
  io: Io,
): Promise<number> {
  return setEnabled(administration, names, true, io);
}

async function setEnabled(
  administration: Administration,
  ids: string[],
  enabled: boolean,
  io: Io,
): Promise<number> {
  if (ids.length === 0) throw new UsageError('the ID of a key is missing: see "rebatch keys"');
  for (const id of ids) {
    if (!administration.setKeyEnabled(id, enabled)) {
      throw new CliError(`there is no key ${id}: see "rebatch keys"`);
    }
    await io.out(`key ${id} ${enabled ? 'enabled' : 'disabled'}\n`);
  }
  return 0;
}

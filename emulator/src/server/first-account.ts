import { randomBytes } from 'node:crypto';
import type { Clock } from '@rebatch/model';
import { ensureFirstAccount } from '../store/accounts.ts';
import type { Store } from '../store/store.ts';
import { writeCredentialsFile } from './credentials-file.ts';
import type { ServeOptions } from './serve-options.ts';

/**
 * Sees to it that there is an account that can be used: the one of the environment, or one made at first start, whose
 * key is kept in DIR/credentials.json for the tools on this machine (architecture.md §6).
 */
export function firstAccount(
  store: Store,
  clock: Clock,
  { accessKey, dataFolder }: Pick<ServeOptions, 'accessKey' | 'dataFolder'>,
): void {
  const key = ensureFirstAccount(store, {
    ...(accessKey === undefined ? {} : { given: accessKey }),
    makeKey,
    now: clock.now(),
  });
  if (accessKey === undefined) writeCredentialsFile(dataFolder, key);
}

/** A key of the usual looks: an id of 24 characters and a secret of 40. */
function makeKey(): { id: string; secret: string } {
  return {
    id: `RB${randomBytes(11).toString('hex').toUpperCase()}`,
    secret: randomBytes(20).toString('hex'),
  };
}

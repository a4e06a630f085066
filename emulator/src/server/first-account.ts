import type { Clock } from '@rebatch/model';
import { ensureFirstAccount } from '../store/accounts.ts';
import { drawKey } from '../store/new-keys.ts';
import type { Store } from '../store/store.ts';
import { writeCredentialsFile } from './credentials-file.ts';
import type { ServeOptions } from './serve-options.ts';

/** Expired temporary keys say for a day that they are expired; then nobody knows them any more. */
const KEEP_EXPIRED_MS = 24 * 3_600_000;

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
    makeKey: drawKey,
    now: clock.now(),
  });
  if (accessKey === undefined) writeCredentialsFile(dataFolder, key);
  store.purgeAccessKeys(clock.now() - KEEP_EXPIRED_MS);
}

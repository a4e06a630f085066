import { type AppDescription, invalidParameter } from '@rebatch/model';
import { createOnce } from '../store/create-once.ts';
import type { ControlOptions } from './context.ts';
import type { Caller } from './control.ts';
import { createToken } from './create-token.ts';

/**
 * POST /apps (spec/batchcompute-api.md §8.4): the App begins with revision 0.
 *
 * @throws InvalidName when the caller has an App of that name.
 * @throws IdempotentTokenMismatch when the token came with another request before.
 */
export function createApp(
  { store, clock }: ControlOptions,
  { owner }: Caller,
  description: AppDescription,
  idempotentToken?: string,
): { Name: string } {
  const { Name: name } = description;
  const token = createToken(owner, 'app', idempotentToken, description);
  const create = (): string => {
    if (store.findApp(owner, name) !== undefined) {
      throw invalidParameter('Name', `There is an App ${name} already.`);
    }
    store.insertApp(owner, description, clock.now());
    return name;
  };
  return store.transaction(() => ({ Name: createOnce(store, token, clock.now(), create) }));
}

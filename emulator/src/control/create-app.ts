import { type AppDescription, idempotentTokenMismatch, invalidParameter } from '@rebatch/model';
import type { ControlOptions } from './context.ts';
import type { Caller } from './control.ts';
import { fingerprint } from './fingerprint.ts';

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
  const mark = fingerprint(description);
  return store.transaction(() => {
    const key = idempotentToken && { owner, operation: 'app', token: idempotentToken };
    const earlier = key ? store.findToken(key) : undefined;
    if (earlier?.fingerprint === mark) return { Name: earlier.result };
    if (earlier !== undefined) throw idempotentTokenMismatch();
    if (store.findApp(owner, name) !== undefined) {
      throw invalidParameter('Name', `There is an App ${name} already.`);
    }
    store.insertApp(owner, description, clock.now());
    if (key) store.insertToken(key, mark, name, clock.now());
    return { Name: name };
  });
}

import { randomBytes } from 'node:crypto';
import type { Clock } from '@rebatch/model';
import { keyLife, knownAttempt, knownAttempts } from '@rebatch/worker';
import type { Store } from '../store/store.ts';
import { TaskKeyRing } from './task-key-ring.ts';

const SECRET = 'task-key-secret';

/**
 * Keys for the programs of attempts. Those of attempts that an earlier server left count at once: their programs may ask
 * before anybody has looked at them. A key of one that has ended goes when its end is told again.
 */
export async function openTaskKeys(
  store: Pick<Store, 'getMeta' | 'setMeta' | 'transaction'>,
  clock: Clock,
  attemptsFolder: string,
): Promise<TaskKeyRing> {
  const secret = store.transaction(() => {
    const known = store.getMeta(SECRET);
    if (known !== undefined) return known;
    const made = randomBytes(32).toString('hex');
    store.setMeta(SECRET, made);
    return made;
  });
  const ring = new TaskKeyRing(secret, clock);
  for (const id of await attemptsBelow(attemptsFolder)) {
    const spec = await knownAttempt(attemptsFolder, id);
    if (spec !== undefined) ring.issue(spec, keyLife(spec, 0));
  }
  return ring;
}

async function attemptsBelow(folder: string): Promise<string[]> {
  try {
    return await knownAttempts(folder);
  } catch (error) {
    // No attempt was ever begun here.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

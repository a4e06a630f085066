import type { Clock } from '@rebatch/model';
import { isStoreAway } from '@rebatch/objects';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

export interface Patience {
  clock: Clock;
  /** How long to go on trying, in milliseconds. */
  forMs: number;
  /** Ends a wait. */
  signal?: AbortSignal;
}

/**
 * Does something with the object store, again and again while the store is away: after 1 s, 2 s, 4 s … 30 s.
 * @throws what the last try threw, a refusal at once; what the signal was aborted with
 */
export async function waitOut<T>(work: () => Promise<T>, { clock, forMs, signal }: Patience): Promise<T> {
  const end = clock.now() + forMs;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (!isStoreAway(error) || clock.now() >= end) throw error;
    }
    await pause(Math.min(wait, end - clock.now()), clock, signal);
  }
}

/** @throws what the signal was aborted with */
export function pause(ms: number, clock: Clock, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = (): void => {
      timer.cancel();
      reject(signal?.reason);
    };
    const timer = clock.after(ms, () => {
      signal?.removeEventListener('abort', ended);
      resolve();
    });
    signal?.addEventListener('abort', ended, { once: true });
    if (signal?.aborted === true) ended();
  });
}

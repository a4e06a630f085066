import type { Clock, Timer } from '@rebatch/model';
import type { ObjectStore } from '@rebatch/objects';
import { applyLifecycle } from './apply-lifecycle.ts';
import type { LifecycleOutcome } from './lifecycle-outcome.ts';

export interface LifecycleOptions {
  store: ObjectStore;
  clock: Clock;
  /** Milliseconds between the end of one round and the next; default an hour. Ages are counted in days. */
  everyMs?: number;
  /** Hears of each round that was run. */
  onRound?: (outcome: LifecycleOutcome) => void;
  /** Hears of a round that failed; the next one is run all the same. */
  onError?: (error: unknown) => void;
}

const HOUR_MS = 3600 * 1000;

/** Applies the lifecycle rules of all buckets again and again, the first time after `everyMs`. */
export function startLifecycle(options: LifecycleOptions): { close(): Promise<void> } {
  const { store, clock, everyMs = HOUR_MS } = options;
  let running: Promise<void> = Promise.resolve();
  let timer: Timer | undefined;
  let isClosed = false;
  const round = async (): Promise<void> => {
    try {
      const outcome = await applyLifecycle(store, clock.now());
      options.onRound?.(outcome);
    } catch (error) {
      options.onError?.(error);
    }
    plan();
  };
  const plan = (): void => {
    if (!isClosed) {
      timer = clock.after(everyMs, () => {
        running = round();
      });
    }
  };
  plan();
  return {
    async close() {
      isClosed = true;
      timer?.cancel();
      await running;
    },
  };
}

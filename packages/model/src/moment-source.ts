import type { Clock } from './clock.ts';

/** A millisecond, and a running number inside it. */
export interface Moment {
  ms: number;
  sequence: number;
}

/**
 * Gives moments, each later than the one before, also when the clock steps back. What is more than `perMillisecond` in one
 * millisecond is counted in the next.
 */
export function momentSource(clock: Pick<Clock, 'now'>, perMillisecond: number): () => Moment {
  let ms = 0;
  let sequence = 0;
  return () => {
    const now = Math.floor(clock.now());
    if (now > ms) {
      ms = now;
      sequence = 0;
    } else if (sequence + 1 < perMillisecond) {
      sequence += 1;
    } else {
      ms += 1;
      sequence = 0;
    }
    return { ms, sequence };
  };
}

import type { Clock, Timer } from './clock.ts';

/** A Clock that moves only when told to: tests run a night's work without waiting for it. */
export interface ManualClock extends Clock {
  /** Moves time on by `ms`, calling every timer that falls due, in order of time, then of creation. */
  advance(ms: number): void;
  /** Moves time to the earliest timer and calls it; false when no timer is left. */
  runNext(): boolean;
  /** Timers that wait. */
  pending(): number;
}

interface Waiting {
  at: number;
  order: number;
  fn: () => void;
}

/** `start`: milliseconds since the epoch at which the clock stands first. */
export function manualClock(start = Date.UTC(2024, 0, 1)): ManualClock {
  let now = start;
  let order = 0;
  const waiting = new Set<Waiting>();

  const earliest = (): Waiting | undefined => {
    let first: Waiting | undefined;
    for (const timer of waiting) {
      if (
        first === undefined ||
        timer.at < first.at ||
        (timer.at === first.at && timer.order < first.order)
      ) {
        first = timer;
      }
    }
    return first;
  };

  const fire = (timer: Waiting): void => {
    waiting.delete(timer);
    now = Math.max(now, timer.at);
    timer.fn();
  };

  return {
    now: () => now,
    after(ms, fn): Timer {
      const timer = { at: now + Math.max(0, ms), order: order++, fn };
      waiting.add(timer);
      return { cancel: () => void waiting.delete(timer) };
    },
    advance(ms) {
      const end = now + ms;
      for (let next = earliest(); next !== undefined && next.at <= end; next = earliest()) fire(next);
      now = end;
    },
    runNext() {
      const next = earliest();
      if (next === undefined) return false;
      fire(next);
      return true;
    },
    pending: () => waiting.size,
  };
}

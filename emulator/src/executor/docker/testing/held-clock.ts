import { type Clock, systemClock } from '@rebatch/model';
import type { AttemptOutcome } from '@rebatch/worker';
import { vi } from 'vitest';
import type { DockerWorld } from './docker-world.ts';

/** The machine's clock, but for timers that a test lets go off when what they are for is ready. */
export interface HeldClock extends Clock {
  /** Lets the held timers go off. */
  hurry(): void;
}

/** @param fromMs timers of so many milliseconds or more are held */
export function heldClock(fromMs: number): HeldClock {
  const held = new Set<() => void>();
  return {
    now: () => systemClock.now(),
    after(ms, fn) {
      if (ms < fromMs) return systemClock.after(ms, fn);
      // Of its own, though the same function may be due twice.
      const due = (): void => fn();
      held.add(due);
      return { cancel: () => void held.delete(due) };
    },
    hurry() {
      const due = [...held];
      held.clear();
      for (const fn of due) fn();
    },
  };
}

/** Resolves with the outcome of an attempt that does not wait for any timer. */
export async function hurriedEnd(
  world: DockerWorld,
  attemptId: string,
  clock: HeldClock,
): Promise<AttemptOutcome> {
  await vi.waitUntil(() => {
    clock.hurry();
    return world.events.some((event) => event.type === 'ended' && event.attemptId === attemptId);
  });
  return world.ended(attemptId);
}

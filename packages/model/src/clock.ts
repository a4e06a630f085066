/** Time as the rest of the code sees it: injected, so that no test sleeps (architecture.md §4). */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  /** Calls `fn` once after `ms` milliseconds. The handle cancels it; cancelling twice is harmless. */
  after(ms: number, fn: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

/** The machine's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, fn) {
    // setTimeout counts in 32 bits; a longer wait would fire at once.
    const handle = setTimeout(fn, Math.min(ms, 2_147_483_647));
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
};

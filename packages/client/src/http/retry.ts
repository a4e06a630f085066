import { setTimeout as sleep } from 'node:timers/promises';

export interface RetryPolicy {
  /** Tries in all, the first included. */
  tries: number;
  /** Pause after the first failure in milliseconds; doubled each time. */
  firstPauseMs: number;
  /** Waits; injected, so that tests need not. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}

export const defaultRetryPolicy: RetryPolicy = {
  tries: 4,
  firstPauseMs: 150,
  async pause(ms, signal) {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  },
};

/**
 * Calls `attempt` until it succeeds, fails for good (`mayRetry` says false) or the policy's tries are used up.
 * @throws what the last attempt threw.
 */
export async function withRetries<T>(
  policy: RetryPolicy,
  mayRetry: (error: unknown) => boolean,
  attempt: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tried >= policy.tries || signal?.aborted || !mayRetry(error)) throw error;
      await policy.pause(policy.firstPauseMs * 2 ** (tried - 1), signal);
    }
  }
}

/** Settles as `promise` does, or rejects with the signal's reason when that is aborted first. */
export function withSignal<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  // Not Promise.race: the signal outlives many promises, and each race would stay on it.
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(signal.reason);
    if (signal.aborted) aborted();
    signal.addEventListener('abort', aborted);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}

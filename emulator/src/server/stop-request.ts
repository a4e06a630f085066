/** Waits for what asks this process to stop: SIGTERM, SIGINT, or the caller's own signal. */
export interface StopRequest {
  /** Resolves with the name of what came. */
  readonly came: Promise<string>;
  /** Stops to listen; a later signal has its default effect again. */
  dispose(): void;
}

export function stopRequest(interrupted?: AbortSignal): StopRequest {
  const { promise, resolve } = Promise.withResolvers<string>();
  const onSignal = (name: NodeJS.Signals): void => resolve(name);
  const onAbort = (): void => resolve('interrupted');
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  interrupted?.addEventListener('abort', onAbort);
  if (interrupted?.aborted === true) onAbort();
  return {
    came: promise,
    dispose() {
      process.off('SIGTERM', onSignal);
      process.off('SIGINT', onSignal);
      interrupted?.removeEventListener('abort', onAbort);
    },
  };
}

import type { Answer } from '../api/create-api.ts';
import type { Logger } from './logger.ts';

/** Requests are detail; our own failures are not, and carry what went wrong. */
export function logAnswer(log: Logger, { method, target, status, requestId, seconds, cause }: Answer): void {
  const ms = Math.round(seconds * 1000);
  const fields = { method, path: target.split('?', 1)[0], status, ms, requestId };
  if (cause === undefined) log.debug('answered', fields);
  else log.error('a request failed', { ...fields, cause: stackOf(cause) });
}

function stackOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

import { SandboxError } from '@rebatch/worker';

/** The HTTP status that the daemon answered with; undefined when the error is none of its answers. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

const UNREACHABLE = new Set<unknown>([
  'ECONNREFUSED',
  'ENOENT',
  'EACCES',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNABORTED',
  'EHOSTUNREACH',
]);

/** True when the daemon was not reached or went away in mid-answer. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && UNREACHABLE.has(error.code)) return true;
  return isUnreachable(error.cause);
}

/** What the daemon said, without the client's decoration. */
export function daemonMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const json = 'json' in error ? error.json : undefined;
  if (typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string') {
    return json.message;
  }
  return error.message;
}

/** A refusal of the daemon for the job's owner. */
export function sandboxErrorOf(error: unknown): SandboxError {
  const message = daemonMessage(error);
  const reason = /no space left on device/i.test(message) ? 'no-space' : 'refused';
  return new SandboxError(reason, `Docker refused: ${message}`, { cause: error });
}

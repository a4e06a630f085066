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
  return error.message.replace(/^\(HTTP code \d{3}\) .*? - /, '').trim();
}

/**
 * What is left of an engine that died while it started a container; its next life refuses to start that one ever again:
 * `task 3eef…: already exists`, `id already in use`.
 */
const LEFT_BY_DEAD_ENGINE = /^((task|container) [0-9a-f]{64}\b.*already exists|id already in use)/;

/** A refusal of the daemon for the job's owner, or `gone` when only the engine is to blame. */
export function sandboxErrorOf(error: unknown): SandboxError {
  const message = daemonMessage(error);
  if (LEFT_BY_DEAD_ENGINE.test(message)) {
    return endedWhileStarting(error);
  }
  const reason = /no space left on device/i.test(message) ? 'no-space' : 'refused';
  return new SandboxError(reason, `Docker refused: ${message}`, { cause: error });
}

/** The engine died while it started a container: nobody knows how far the program came. */
export function endedWhileStarting(cause: unknown): SandboxError {
  return new SandboxError('gone', 'Docker ended while it started the program.', { cause });
}

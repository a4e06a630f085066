import { setTimeout as delay } from 'node:timers/promises';

const MOST_TRIES = 5;
const FIRST_DELAY_MS = 100;

/** Answers of an S3 server that another try may change; all other answers are final. */
const TRANSIENT = new Set(['InternalError', 'ServiceUnavailable', 'SlowDown', 'RequestTimeout']);

/** Whether the same request may succeed a moment later: the line broke, or the server was busy. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  return error.name !== 'S3Error' || ('code' in error && TRANSIENT.has(String(error.code)));
}

/** Waits before try `tried + 1`: 100 ms, then twice as long each time. @throws `error` after five tries, or a final one */
export async function waitOrThrow(error: unknown, tried: number): Promise<void> {
  if (tried >= MOST_TRIES || !isTransient(error)) {
    throw error;
  }
  await delay(FIRST_DELAY_MS * 2 ** (tried - 1));
}

/** Runs a request, again when it may help. Only for requests that do no harm when they are carried out twice. */
export async function withRetries<T>(request: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await request();
    } catch (error) {
      await waitOrThrow(error, tried);
    }
  }
}

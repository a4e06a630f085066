import { setTimeout as sleep } from 'node:timers/promises';
import { BatchComputeError, ConnectionError, type EventFilter, type OperationsClient } from '@rebatch/client';
import type { Io } from '../io.ts';
import { eventJson, eventLine } from './event-line.ts';

/** Milliseconds until a stream that broke is asked for again. */
const AGAIN_MS = 1000;

/**
 * Prints events as they happen, until Ctrl-C. When the server goes away, it is asked again, for what came after the last
 * event that was seen: nothing is missed, nothing is shown twice.
 */
export async function followEvents(
  client: OperationsClient,
  { filter, after, json }: { filter: EventFilter; after: number; json: boolean },
  io: Io,
): Promise<number> {
  const signal = io.interrupted;
  let last = after;
  let away = false;
  while (!signal.aborted) {
    try {
      for await (const event of client.events(filter, { after: last, signal })) {
        if (away) io.err('rebatch: the server is back\n');
        away = false;
        if (event.id > 0) last = event.id;
        await io.out(json ? eventJson(event) : eventLine(event));
      }
    } catch (error) {
      if (signal.aborted) break;
      if (!isPassing(error)) throw error;
      if (!away) io.err('rebatch: the server does not answer; waiting for it\n');
      away = true;
    }
    await sleep(AGAIN_MS, undefined, { signal }).catch(() => {});
  }
  return 0;
}

function isPassing(error: unknown): boolean {
  if (error instanceof BatchComputeError) return error.status >= 500 || error.status === 429;
  return error instanceof ConnectionError || (error instanceof Error && 'code' in error);
}

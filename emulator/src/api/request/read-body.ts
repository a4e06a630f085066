import { httpBodyTooLarge, systemClock } from '@rebatch/model';
import { incompleteBody } from '../errors.ts';
import type { Readable } from 'node:stream';

/** Beyond this the rest of a body is not even read to be thrown away. */
const DISCARD_FACTOR = 8;

/** Milliseconds that a whole body may take: a megabyte in half a minute is slow enough. */
const BODY_MS = 300_000;

/**
 * All bytes of a request body. One that is too long is read on without being kept, so that its sender gets to read the
 * refusal.
 *
 * @param limit most bytes that are kept
 * @param withinMs what a body may take; the connection of a slower one is broken off
 * @throws WireError InvalidHttpBody (413 when too long)
 */
export async function readBody(source: Readable, limit: number, withinMs = BODY_MS): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const late = systemClock.after(withinMs, () => source.destroy(new Error('the body takes too long')));
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (length > limit * DISCARD_FACTOR) break;
    }
  } catch {
    throw incompleteBody();
  } finally {
    late.cancel();
  }
  if (length > limit) throw httpBodyTooLarge(limit);
  return Buffer.concat(chunks);
}

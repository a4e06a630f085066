import { Readable } from 'node:stream';
import type { Clock } from '@rebatch/model';
import { invalidArgument } from '../gateway/oss-errors.ts';
import type { OssRequest } from '../gateway/oss-request.ts';

const LIMIT = 'x-oss-traffic-limit';

/** What the limit may be, in bits per second: 100 KiB/s to 100 MiB/s (the vendor's own bounds). */
const LEAST = 819_200;
const MOST = 838_860_800;

/** Bytes are let through in pieces of so many milliseconds, and so many may be made up for after a pause. */
const PIECE_MS = 100;

/** How fast the bytes of a request may go, and what that has cost. */
export interface Pacing {
  /** Bits per second; absent: as fast as it goes. */
  limit: number | undefined;
  clock: Clock;
  /** Milliseconds that bytes have been kept waiting so far. */
  waitedMs: number;
}

/**
 * The limit that a request sets for its own bytes, in its header or its URL, in bits per second; none when it sets none.
 * @throws OssError InvalidArgument
 */
export function readTrafficLimit(request: OssRequest): number | undefined {
  const value = request.header(LIMIT) ?? request.params.get(LIMIT);
  if (value === undefined) {
    return undefined;
  }
  const limit = /^\d{1,12}$/.test(value) ? Number(value) : 0;
  if (limit < LEAST || limit > MOST) {
    throw invalidArgument(`The limit is ${LEAST} to ${MOST} bits per second.`, LIMIT, value);
  }
  return limit;
}

/** The same bytes, at their pace; no more than a chunk waits in memory. */
export function pace(body: AsyncIterable<Uint8Array>, pacing: Pacing): AsyncIterable<Uint8Array> {
  return pacing.limit === undefined ? body : paced(body, pacing.limit, pacing);
}

/** As {@link pace}, for a stream. Who destroys what comes out destroys what goes in. */
export function paceStream(stream: Readable, pacing: Pacing): Readable {
  if (pacing.limit === undefined) {
    return stream;
  }
  const out = Readable.from(pace(stream, pacing));
  // A generator that never began does not close what it would have read.
  out.once('close', () => stream.destroy());
  return out;
}

async function* paced(
  body: AsyncIterable<Uint8Array>,
  limit: number,
  pacing: Pacing,
): AsyncGenerator<Uint8Array> {
  const { clock } = pacing;
  const bytesPerMs = limit / 8 / 1000;
  const pieceBytes = Math.floor(bytesPerMs * PIECE_MS);
  /** When all that was let through is paid for. */
  let due = clock.now();
  for await (const chunk of body) {
    for (let at = 0; at < chunk.byteLength; at += pieceBytes) {
      const early = due - clock.now();
      if (early >= 1) {
        pacing.waitedMs += early;
        await new Promise<void>((resolve) => {
          clock.after(early, resolve);
        });
      }
      const piece = chunk.subarray(at, at + pieceBytes);
      due = Math.max(due, clock.now() - PIECE_MS) + piece.byteLength / bytesPerMs;
      yield piece;
    }
  }
}

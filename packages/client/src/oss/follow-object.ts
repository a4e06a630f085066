import { setTimeout as sleep } from 'node:timers/promises';
import type { OssUrl } from '@rebatch/model';
import { readBody } from '../http/read-body.ts';
import type { ObjectReader } from './download-types.ts';
import { isPassing } from './is-passing.ts';
import { OssError } from './oss-error.ts';

export interface FollowOptions {
  /** Byte to start at; default 0. */
  start?: number;
  /** Byte to stop before. */
  end?: number;
  /** True once nothing will be added any more: what is there is read to its end, then following stops. */
  ended: () => boolean;
  signal?: AbortSignal;
  /** Waits between looks; injected, so that tests need not. */
  pause?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Pauses between looks at an object that does not grow, in milliseconds: quick at first, calm later. */
const FIRST_PAUSE_MS = 150;
const LONGEST_PAUSE_MS = 1_000;

/** How long a store may be away before following is given up, in milliseconds of pauses. */
const PATIENCE_MS = 5 * 60_000;

/** Bytes fetched at a time, so that a huge log does not fill the memory. */
const PIECE = 4 * 1024 * 1024;

/** Name in a log's user metadata: which attempt wrote it. */
const ATTEMPT = 'rebatch-attempt-id';

/**
 * The bytes of an object while it grows, such as the log of a running program (spec/batchcompute-api.md §14). It may
 * not exist yet. When it is replaced (by a shorter one, or by the log of a retry), it is read again from the start. A
 * server that is away for a while is waited for.
 * @returns the byte behind the last that was read
 * @throws OssError when the store refuses; what it last threw when it stays away; the signal's reason when aborted
 */
export async function* followObject(
  reader: ObjectReader,
  url: OssUrl,
  options: FollowOptions,
): AsyncGenerator<Buffer, number, undefined> {
  const pause = options.pause ?? defaultPause;
  const { start = 0, end = Number.POSITIVE_INFINITY } = options;
  let position = start;
  let attempt: string | undefined;
  let wait = FIRST_PAUSE_MS;
  let away = 0;
  while (position < end) {
    // Asked before reading: what was written before the end is then seen by this read.
    const ended = options.ended();
    const piece = await readFrom(reader, url, { position, end }, options.signal);
    if (piece.kind === 'bytes' && piece.attempt === (attempt ?? piece.attempt)) {
      attempt = piece.attempt;
      position += piece.bytes.length;
      wait = FIRST_PAUSE_MS;
      away = 0;
      yield piece.bytes;
      continue;
    }
    if (piece.kind === 'bytes' || piece.kind === 'shorter') {
      position = 0;
      attempt = undefined;
      continue;
    }
    if (piece.kind === 'away' && away > PATIENCE_MS) throw piece.error;
    if (piece.kind === 'nothing' && ended) break;
    away = piece.kind === 'away' ? away + wait : 0;
    await pause(wait, options.signal);
    wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS);
  }
  return position;
}

type Piece =
  | { kind: 'bytes'; bytes: Buffer; attempt: string }
  | { kind: 'nothing' }
  | { kind: 'shorter' }
  | { kind: 'away'; error: unknown };

async function readFrom(
  reader: ObjectReader,
  { bucket, key }: OssUrl,
  { position, end }: { position: number; end: number },
  signal: AbortSignal | undefined,
): Promise<Piece> {
  // One byte that is known already is asked for again: then the answer also tells whether the object became shorter.
  const known = position === 0 ? 0 : 1;
  const start = position - known;
  try {
    const range = { start, end: Math.min(start + PIECE, end) - 1 };
    const { body, userMetadata } = await reader.get(
      bucket,
      key,
      range,
      signal === undefined ? {} : { signal },
    );
    const bytes = (await readBody(body)).subarray(known);
    if (bytes.length === 0) return { kind: 'nothing' };
    return { kind: 'bytes', bytes, attempt: userMetadata[ATTEMPT] ?? '' };
  } catch (error) {
    signal?.throwIfAborted();
    if (isPassing(error)) return { kind: 'away', error };
    if (!(error instanceof OssError)) throw error;
    if (error.code === 'NoSuchKey') return { kind: 'nothing' };
    if (error.code === 'InvalidRange') return { kind: position === 0 ? 'nothing' : 'shorter' };
    throw error;
  }
}

async function defaultPause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal });
}

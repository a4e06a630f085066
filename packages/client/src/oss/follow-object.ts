import { setTimeout as sleep } from 'node:timers/promises';
import { readBody } from '../http/read-body.ts';
import type { ObjectReader } from './download-file.ts';
import { isPassing } from './is-passing.ts';
import { OssError } from './oss-error.ts';
import type { OssUrl } from '@rebatch/model';

export interface FollowOptions {
  /** Byte to start at; default 0. */
  start?: number;
  /** True once nothing will be added any more: what is there is read to its end, then following stops. */
  ended: () => boolean;
  signal?: AbortSignal;
  /** Waits between looks; injected, so that tests need not. */
  pause?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Pauses between looks at an object that does not grow, in milliseconds: quick at first, calm later. */
const FIRST_PAUSE_MS = 150;
const LONGEST_PAUSE_MS = 1_000;

/** Bytes fetched at a time, so that a huge log does not fill the memory. */
const PIECE = 4 * 1024 * 1024;

/**
 * The bytes of an object while it grows, such as the log of a running program (spec/batchcompute-api.md §14). It may
 * not exist yet. When it is replaced by a shorter one (a retry), it is read again from the start. A server that is
 * away for a while is waited for.
 * @throws OssError when the store refuses; the signal's reason when aborted
 */
export async function* followObject(
  reader: ObjectReader,
  url: OssUrl,
  options: FollowOptions,
): AsyncGenerator<Buffer, void, undefined> {
  const pause = options.pause ?? defaultPause;
  let position = options.start ?? 0;
  let wait = FIRST_PAUSE_MS;
  for (;;) {
    // Asked before reading: what was written before the end is then seen by this read.
    const ended = options.ended();
    const piece = await readFrom(reader, url, position, options.signal);
    if (piece.kind === 'bytes') {
      position += piece.bytes.length;
      wait = FIRST_PAUSE_MS;
      yield piece.bytes;
      continue;
    }
    if (piece.kind === 'shorter') {
      position = 0;
      continue;
    }
    if (ended) return;
    await pause(wait, options.signal);
    wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS);
  }
}

type Piece = { kind: 'bytes'; bytes: Buffer } | { kind: 'nothing' } | { kind: 'shorter' };

async function readFrom(
  reader: ObjectReader,
  { bucket, key }: OssUrl,
  position: number,
  signal: AbortSignal | undefined,
): Promise<Piece> {
  // One byte that is known already is asked for again: then the answer also tells whether the object became shorter.
  const known = position === 0 ? 0 : 1;
  const start = position - known;
  try {
    const { body } = await reader.get(bucket, key, { start, end: start + PIECE - 1 }, signal);
    const bytes = (await readBody(body)).subarray(known);
    return bytes.length === 0 ? { kind: 'nothing' } : { kind: 'bytes', bytes };
  } catch (error) {
    signal?.throwIfAborted();
    if (isPassing(error)) return { kind: 'nothing' };
    if (!(error instanceof OssError)) throw error;
    if (error.code === 'NoSuchKey') return { kind: 'nothing' };
    if (error.code === 'InvalidRange') return { kind: position === 0 ? 'nothing' : 'shorter' };
    throw error;
  }
}

async function defaultPause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal });
}

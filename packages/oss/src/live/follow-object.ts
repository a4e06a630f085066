import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ObjectInfo, ObjectStoreError } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { objectHeaders } from '../wire/object-headers.ts';
import { requireReadable } from '../wire/require-readable.ts';

const MAX_IDLE_SECONDS = 24 * 3600;

/**
 * GET ?x-oss-follow&position=N: the bytes of an object from N on, and those that are appended as they come. Not part of
 * OSS. It ends when the client leaves, when the object is deleted or replaced, or when it has not grown for as many
 * seconds as the parameter's value says; at once with what there is when the object is none that grows.
 */
export async function followObject(call: OssCall): Promise<OssReply> {
  const { request, store, bucket, key } = call;
  const position = wholeNumber(call, 'position', '0', Number.MAX_SAFE_INTEGER);
  const idle = wholeNumber(call, 'x-oss-follow', '0', MAX_IDLE_SECONDS);
  const info = await store.head(bucket, key);
  requireReadable(info, request.received);
  if (position > info.size) {
    throw invalidArgument(`The object has ${info.size} bytes.`, 'position', String(position));
  }
  const { 'Content-MD5': _md5, 'x-oss-hash-crc64ecma': _crc, ...headers } = objectHeaders(call, info);
  return { status: 200, headers, body: { stream: follow(call, position, idle * 1000) } };
}

/** `idleMs` 0: for as long as the reader is there. */
function follow({ store, clock, bucket, key }: OssCall, position: number, idleMs: number): Readable {
  let wake = Promise.withResolvers<void>();
  let isOver = false;
  const end = (): void => {
    isOver = true;
    wake.resolve();
  };
  const unwatch = store.watch(bucket, key, (change) => {
    const about = change.kind === 'delete' ? change : change.info;
    if (about.key !== key) {
      return;
    }
    if (change.kind === 'delete' || change.info.type !== 'Appendable') {
      end();
    }
    wake.resolve();
  });

  async function* bytes(): AsyncGenerator<Uint8Array> {
    let at = position;
    for (;;) {
      wake = Promise.withResolvers<void>();
      const info = await headUnlessGone();
      if (info === undefined || info.size < at) {
        return;
      }
      if (info.size > at) {
        const { body } = await store.get(bucket, key, { start: at, end: info.size - 1 });
        yield* body;
        at = info.size;
      } else if (isOver || info.type !== 'Appendable') {
        return;
      } else {
        const timer = idleMs === 0 ? undefined : clock.after(idleMs, end);
        await wake.promise;
        timer?.cancel();
      }
    }
  }

  async function headUnlessGone(): Promise<ObjectInfo | undefined> {
    try {
      return await store.head(bucket, key);
    } catch (error) {
      if (error instanceof ObjectStoreError && error.code === 'NoSuchKey') {
        return undefined;
      }
      throw error;
    }
  }

  // Closes at once when the reader leaves, also while the generator waits: that is what wakes it.
  const stream = new PassThrough();
  pipeline(Readable.from(bytes()), stream).catch(() => undefined);
  stream.once('close', () => {
    unwatch();
    end();
  });
  return stream;
}

function wholeNumber({ request }: OssCall, name: string, fallback: string, most: number): number {
  const text = request.params.get(name) || fallback;
  if (!/^\d{1,15}$/.test(text) || Number(text) > most) {
    throw invalidArgument(`${name} must be a whole number up to ${most}.`, name, text);
  }
  return Number(text);
}

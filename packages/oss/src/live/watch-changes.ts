import { Readable } from 'node:stream';
import type { ObjectChange } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { isoTime } from '../wire/format-time.ts';

/** Milliseconds between two signs of life to a reader who hears nothing, so that nobody in between hangs up. */
const HEARTBEAT_MS = 15_000;

/** Bytes that may wait for a slow reader. */
const MAX_WAITING = 1024 * 1024;

/**
 * GET ?x-oss-changes&prefix=…: what happens to objects below the prefix from now on, as server-sent events `put`,
 * `append` and `delete`. Not part of OSS. A reader that is too slow gets the event `lost` and the end: it lists anew.
 */
export async function watchChanges({ request, store, clock, bucket }: OssCall): Promise<OssReply> {
  const stream = new Readable({ read: () => undefined });
  const send = (text: string): void => {
    if (stream.readableEnded || stream.destroyed) {
      return;
    }
    if (stream.readableLength > MAX_WAITING) {
      stop();
      stream.push('event: lost\ndata: {}\n\n');
      stream.push(null);
      return;
    }
    stream.push(text);
  };
  let heartbeat = clock.after(HEARTBEAT_MS, beat);
  function beat(): void {
    send(':\n\n');
    heartbeat = clock.after(HEARTBEAT_MS, beat);
  }
  const unwatch = store.watch(bucket, request.params.get('prefix') ?? '', (change) =>
    send(formatChange(change)),
  );
  const stop = (): void => {
    unwatch();
    heartbeat.cancel();
  };
  stream.once('close', stop);
  stream.push(': listening\n\n');
  return {
    status: 200,
    headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-cache' },
    body: { stream },
  };
}

function formatChange(change: ObjectChange): string {
  const data =
    change.kind === 'delete'
      ? { key: change.key }
      : {
          key: change.info.key,
          size: change.info.size,
          etag: change.info.etag,
          type: change.info.type,
          lastModified: isoTime(change.info.lastModified),
        };
  return `event: ${change.kind}\ndata: ${JSON.stringify(data)}\n\n`;
}

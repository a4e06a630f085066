import type { ServerResponse } from 'node:http';
import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { freeMemory } from '../wire/free-memory.ts';

/**
 * Sends what `stream` gives to its end, and ends the answer. Each chunk's memory is freed when it is sent: that halves
 * the processor time of a large GET (docs/performance.md).
 * @throws Error when the stream fails or the client leaves; the answer is then incomplete.
 */
export async function sendBody(stream: Readable, response: ServerResponse): Promise<void> {
  const sink = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      response.write(chunk, (error) => {
        freeMemory(chunk);
        done(error);
      });
    },
    final(done) {
      response.end(done);
    },
  });
  const leave = (): void => void sink.destroy();
  response.once('close', leave);
  if (response.destroyed) leave();
  try {
    await pipeline(stream, sink);
  } finally {
    response.off('close', leave);
  }
}

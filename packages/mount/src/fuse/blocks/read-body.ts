import type { IncomingMessage } from 'node:http';

/** Fills `bytes` with the body of a response. @throws Error when it has another length, or breaks off */
export function readBody(response: IncomingMessage, bytes: Buffer): Promise<void> {
  let at = 0;
  return new Promise((resolve, reject) => {
    response.on('data', (chunk: Buffer) => {
      if (at + chunk.length > bytes.length) {
        response.destroy(new Error('the other side sent too much'));
        return;
      }
      at += chunk.copy(bytes, at);
      freeMemory(chunk);
    });
    response.on('error', reject);
    response.on('close', () => {
      if (at === bytes.length) resolve();
      else reject(new Error(`the other side sent ${at} of ${bytes.length} bytes`));
    });
  });
}

/** At once: left to the garbage collector, the pieces of a body make it run every few megabytes. */
function freeMemory({ buffer, length }: Buffer): void {
  // Small pieces share theirs with others.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0);
}

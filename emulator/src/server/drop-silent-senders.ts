import type { IncomingMessage, Server } from 'node:http';
import { type Clock, systemClock } from '@rebatch/model';

/** Milliseconds without a byte after which the sender of an unfinished body is given up. */
export const SILENCE_MS = 60_000;
const CHECK_MS = 10_000;

/**
 * Breaks off requests whose sender has announced a body and sends nothing of it any more: each would hold a connection
 * for ever. A slow upload goes on as long as it brings something.
 */
export function dropSilentSenders(server: Server, clock: Clock = systemClock): void {
  const heard = new Map<IncomingMessage, { bytes: number; at: number }>();
  server.on('request', (request, response) => {
    heard.set(request, { bytes: request.socket.bytesRead, at: clock.now() });
    response.once('close', () => heard.delete(request));
  });
  const check = (): void => {
    const now = clock.now();
    for (const [request, last] of heard) {
      const bytes = request.socket.bytesRead;
      if (request.complete) heard.delete(request);
      else if (bytes > last.bytes) heard.set(request, { bytes, at: now });
      else if (now - last.at >= SILENCE_MS) request.socket.destroy();
    }
    if (server.listening) timer = clock.after(CHECK_MS, check);
  };
  let timer = clock.after(CHECK_MS, check);
  server.once('close', () => timer.cancel());
}

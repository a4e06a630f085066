import { type IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { SHELL_PROTOCOL } from '@rebatch/model';

/** A connection that speaks something else than HTTP from here on. */
export interface Upgraded {
  socket: Duplex;
  /** What came behind the request already. */
  head: Buffer;
}

const offers = new WeakMap<ServerResponse, Upgraded>();

/** True for a request that wants what is spoken here; others with an Upgrade (Java's ask for HTTP/2) are plain requests. */
export function wantsUpgrade(request: IncomingMessage): boolean {
  return request.headers.upgrade === SHELL_PROTOCOL;
}

/** Hands a request to upgrade to the same listener as all others, which may answer it or take the connection over. */
export function offerUpgrade(
  listener: RequestListener,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  offers.set(response, { socket, head });
  socket.on('error', () => socket.destroy());
  socket.once('close', () => response.emit('close'));
  response.assignSocket(request.socket);
  response.once('finish', () => socket.end());
  listener(request, response);
}

/** Takes the connection over: says yes to the sender. Undefined when it did not ask. */
export function takeUpgrade(response: ServerResponse): Upgraded | undefined {
  const offered = offers.get(response);
  if (offered === undefined) return undefined;
  offers.delete(response);
  response.detachSocket(response.req.socket);
  offered.socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${SHELL_PROTOCOL}\r\n\r\n`,
  );
  return offered;
}

import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { answerClientError } from '../api/response/answer-client-error.ts';
import { offerUpgrade, wantsUpgrade } from '../api/response/upgrade.ts';
import { dropSilentSenders } from './drop-silent-senders.ts';
import { StartError } from './start-error.ts';

/** One address where the server answers. */
export interface HttpEndpoint {
  readonly port: number;
  /** `http://host:port`; an address that means "all" is given as the loopback one. */
  readonly url: string;
  /** Takes no new request, gives those under way `graceMs` milliseconds, and then breaks them off. */
  close(graceMs: number): Promise<void>;
}

export interface ListenOptions {
  host: string;
  /** 0: any free port. */
  port: number;
  tls?: { cert: string; key: string };
}

/**
 * Starts to answer requests at an address.
 *
 * @throws StartError with one readable line, e.g. when the port is taken
 */
export async function listen(listener: RequestListener, options: ListenOptions): Promise<HttpEndpoint> {
  // Any Host is served, a missing one, too; node would refuse it with an empty body.
  const common = { requireHostHeader: false, shouldUpgradeCallback: wantsUpgrade };
  const server: Server = options.tls
    ? createTlsServer({ ...options.tls, ...common }, listener)
    : createServer(common, listener);
  // The same for an Expect that node does not know.
  server.on('checkExpectation', listener);
  server.on('clientError', answerClientError);
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (request, socket, head) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    offerUpgrade(listener, request, socket, head);
  });
  // Clients keep connections for minutes; closing one just as it is used again looks like a failure to them.
  server.keepAliveTimeout = 65_000;
  // A slow upload of a large object is no reason to break it off; one that stands still is, and so are unfinished
  // headers (headersTimeout, 60 s).
  server.requestTimeout = 0;
  dropSilentSenders(server);
  await bind(server, options);
  const port = portOf(server);
  const scheme = options.tls ? 'https' : 'http';
  return {
    port,
    url: `${scheme}://${urlHost(options.host)}:${port}`,
    async close(graceMs) {
      // The server does not count them as its own any more.
      for (const socket of upgraded) socket.destroy();
      await close(server, graceMs);
    },
  };
}

async function bind(server: Server, { host, port }: ListenOptions): Promise<void> {
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen({ host, port }, listening.resolve);
  try {
    await listening.promise;
  } catch (error) {
    throw new StartError(`cannot listen on ${host}:${port}: ${reasonOf(error)}`, { cause: error });
  } finally {
    server.off('error', listening.reject);
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new StartError('the server has no port');
  return address.port;
}

function reasonOf(error: unknown): string {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return 'the port is taken';
    case 'EACCES':
      return 'this user may not use that port';
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'this machine has no such address';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed.promise;
  clearTimeout(timer);
}

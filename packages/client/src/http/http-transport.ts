import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { ConnectionError, connectionError } from './connection-error.ts';
import { parseEndpoint } from './parse-endpoint.ts';

export interface HttpRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query exactly as they go on the wire (they are signed). */
  target: string;
  headers: Record<string, string>;
  body?: Uint8Array;
  signal?: AbortSignal;
}

export interface HttpReply {
  status: number;
  headers: IncomingHttpHeaders;
  /** Must be consumed or destroyed. */
  body: IncomingMessage;
}

/** A connection on which both sides speak something else now. */
export interface UpgradedConnection {
  socket: Socket;
  /** What came behind the answer already. */
  head: Buffer;
}

/** Milliseconds without a byte in either direction after which a request is given up. */
const IDLE_LIMIT_MS = 60_000;

/**
 * Requests to one endpoint over kept-alive connections. node:http rather than fetch, since signed targets must reach
 * the wire byte by byte and replies must stream without being held in memory.
 */
export class HttpTransport {
  /** `http://host:port` as people know it. */
  readonly endpoint: string;
  /** `host[:port]`, the Host header. */
  readonly host: string;
  readonly #url: URL;
  readonly #agent: HttpAgent;

  /** @throws TypeError when `endpoint` is no http(s) address. */
  constructor(endpoint: string, options: { maxSockets?: number } = {}) {
    this.#url = parseEndpoint(endpoint);
    this.endpoint = this.#url.origin;
    this.host = this.#url.host;
    const Agent = this.#url.protocol === 'https:' ? HttpsAgent : HttpAgent;
    this.#agent = new Agent({ keepAlive: true, maxSockets: options.maxSockets ?? 32 });
  }

  /** @throws ConnectionError when no answer came; the signal's reason when it was aborted. */
  async send(request: HttpRequest): Promise<HttpReply> {
    request.signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const outgoing = this.#request(request, this.#agent);
      outgoing.once('response', (body) => {
        resolve({ status: body.statusCode ?? 0, headers: body.headers, body });
      });
      outgoing.once('timeout', () => outgoing.destroy(new ConnectionError(this.endpoint, 'timeout')));
      outgoing.once('error', (error) => {
        if (request.signal?.aborted) reject(request.signal.reason);
        else reject(error instanceof ConnectionError ? error : connectionError(this.endpoint, error));
      });
      // A late error (the peer closes after its answer) is seen by whoever reads the body.
      outgoing.on('error', () => {});
      outgoing.end(request.body);
    });
  }

  /**
   * Asks to speak `protocol` over a connection of its own. The answer, when the server says no.
   * @throws ConnectionError when no answer came
   */
  async upgrade(request: HttpRequest, protocol: string): Promise<UpgradedConnection | HttpReply> {
    const headers = { ...request.headers, Connection: 'Upgrade', Upgrade: protocol };
    return new Promise((resolve, reject) => {
      const outgoing = this.#request({ ...request, headers }, false);
      outgoing.once('upgrade', (_reply, socket, head) => {
        socket.setTimeout(0);
        socket.setNoDelay(true);
        resolve({ socket, head });
      });
      outgoing.once('response', (body) => {
        resolve({ status: body.statusCode ?? 0, headers: body.headers, body });
      });
      outgoing.once('timeout', () => outgoing.destroy(new ConnectionError(this.endpoint, 'timeout')));
      outgoing.on('error', (error) => {
        reject(error instanceof ConnectionError ? error : connectionError(this.endpoint, error));
      });
      outgoing.end();
    });
  }

  #request(request: HttpRequest, agent: HttpAgent | false): ClientRequest {
    const send = this.#url.protocol === 'https:' ? httpsRequest : httpRequest;
    return send({
      agent,
      hostname: this.#url.hostname.replace(/^\[|\]$/g, ''),
      port: this.#url.port,
      method: request.method,
      path: request.target,
      headers: request.headers,
      timeout: IDLE_LIMIT_MS,
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
  }

  /** Closes idle connections; requests under way end by themselves. */
  close(): void {
    this.#agent.destroy();
  }
}
